import { type PointerEvent, useEffect, useRef } from 'react';
import type { Scene } from './scene.ts';
import type { Stage } from './stage.ts';

const WIDTH = 168;
const HEIGHT = 112;

export interface MinimapProps {
  readonly stage: Stage;
  readonly scene: Scene;
  readonly dark: boolean;
}

/** The whole picture, small, with a frame around what is in sight; a press moves the sight there. For the mouse only: fit and pan have keys. */
export function Minimap({ stage, scene, dark }: MinimapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const draw = (): void => _draw(canvas.current!, stage, scene, dark);
    stage.sigma.on('afterRender', draw);
    draw();
    return () => void stage.sigma.off('afterRender', draw);
  }, [stage, scene, dark]);
  const go = (event: PointerEvent<HTMLCanvasElement>): void => {
    if (event.buttons !== 1) return;
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const map = _mapping(scene);
    const place = map.back({ x: event.clientX - left, y: event.clientY - top });
    const framed = stage.sigma.viewportToFramedGraph(stage.sigma.graphToViewport(place));
    stage.sigma.getCamera().setState({ x: framed.x, y: framed.y });
  };
  return (
    <canvas
      ref={canvas}
      className="canvas-minimap"
      width={WIDTH}
      height={HEIGHT}
      aria-hidden
      onPointerDown={go}
      onPointerMove={go}
    />
  );
}

interface XY {
  readonly x: number;
  readonly y: number;
}

function _mapping(scene: Scene): { readonly to: (p: XY) => XY; readonly back: (p: XY) => XY } {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y } of scene.nodes) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    bottom = Math.min(bottom, y);
    top = Math.max(top, y);
  }
  if (scene.nodes.length === 0) [left, right, bottom, top] = [-1, 1, -1, 1];
  const scale = Math.min((WIDTH - 16) / Math.max(1, right - left), (HEIGHT - 16) / Math.max(1, top - bottom));
  const [mx, my] = [(left + right) / 2, (top + bottom) / 2];
  return {
    to: ({ x, y }) => ({ x: WIDTH / 2 + (x - mx) * scale, y: HEIGHT / 2 - (y - my) * scale }),
    back: ({ x, y }) => ({ x: mx + (x - WIDTH / 2) / scale, y: my - (y - HEIGHT / 2) / scale }),
  };
}

function _draw(canvas: HTMLCanvasElement, stage: Stage, scene: Scene, dark: boolean): void {
  const c = canvas.getContext('2d')!;
  const { to } = _mapping(scene);
  c.clearRect(0, 0, WIDTH, HEIGHT);
  for (const node of scene.nodes) {
    const p = to(node);
    c.fillStyle = node.isSelected ? '#1677ff' : node.color;
    c.fillRect(p.x - 1, p.y - 1, 2.5, 2.5);
  }
  const { width, height } = stage.sigma.getDimensions();
  const a = to(stage.placeAt({ x: 0, y: 0 }));
  const b = to(stage.placeAt({ x: width, y: height }));
  c.strokeStyle = dark ? '#9cc9ee' : '#0a5fa8';
  c.lineWidth = 1;
  c.strokeRect(a.x, a.y, b.x - a.x, b.y - a.y);
}
