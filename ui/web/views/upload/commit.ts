import { type Committed, type Mapping, commitEvent } from '../../../contract/index.ts';
import { ApiProblem, send } from '../../client/api.ts';

/** What the server is at: words, and the share done where it is known. */
export interface Doing {
  readonly text: string;
  readonly share: number | null;
}

/** Commits a mapping and follows the server's events until the last. @throws ApiProblem when it fails, or the stream ends without saying so */
export async function commitUpload(
  uploadId: string,
  mapping: Mapping,
  tell: (doing: Doing) => void,
): Promise<Committed> {
  const response = await send(`/api/uploads/${encodeURIComponent(uploadId)}/commit`, { method: 'POST', body: mapping });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) throw new ApiProblem(0, 'stream-ended', 'the answer ended before the work did');
    text += value;
    const parts = text.split('\n\n');
    text = parts.pop() ?? '';
    for (const part of parts) {
      const event = commitEvent.parse(JSON.parse(part.replace(/^data: /, '')));
      if (event.type === 'done') return event.result;
      if (event.type === 'failed') throw new ApiProblem(409, event.code, event.message);
      if (event.type === 'step') tell({ text: event.name, share: null });
      if (event.type === 'note') tell({ text: event.text, share: null });
      if (event.type === 'tick')
        tell({
          text: `${event.done} / ${event.total ?? '?'} ${event.unit}`,
          share: event.total === null || event.total === 0 ? null : event.done / event.total,
        });
    }
  }
}
