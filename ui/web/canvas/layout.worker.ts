import { layOut } from './lay-out.ts';
import type { LayoutRequest } from './layout-request.ts';

/** Works layouts out beside the page, so that it stays usable. */
self.onmessage = (event: MessageEvent<LayoutRequest>): void => {
  try {
    const { x, y } = layOut(event.data);
    self.postMessage({ x, y }, { transfer: [x.buffer, y.buffer] });
  } catch (error) {
    self.postMessage({ error: String(error) });
  }
};
