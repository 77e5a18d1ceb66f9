import { type PointerEvent, useState } from 'react';
import type { Place } from '../../state/index.ts';
import type { Stage } from './stage.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

export interface LassoProps {
  readonly tool: 'lasso' | 'box';
  readonly stage: Stage;
  readonly onOutline: (outline: readonly Place[], add: boolean) => void;
}

/** Takes the pointer over the whole stage and hands on the outline that it draws. */
export function Lasso({ tool, stage, onOutline }: LassoProps) {
  const [points, setPoints] = useState<readonly Point[]>([]);
  const at = (event: PointerEvent): Point => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const shape = tool === 'box' && points.length > 1 ? _box(points[0]!, points.at(-1)!) : points;
  const end = (event: PointerEvent): void => {
    if (shape.length > 2)
      onOutline(
        shape.map((p) => stage.placeAt(p)),
        event.shiftKey || event.ctrlKey || event.metaKey,
      );
    setPoints([]);
  };
  return (
    <svg
      className="canvas-lasso"
      aria-hidden
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setPoints([at(event)]);
      }}
      onPointerMove={(event) => {
        const point = at(event);
        if (points.length > 0) setPoints((before) => [...before, point]);
      }}
      onPointerUp={end}
      onPointerCancel={() => setPoints([])}
    >
      <polygon points={shape.map((p) => `${p.x},${p.y}`).join(' ')} />
    </svg>
  );
}

function _box(a: Point, b: Point): Point[] {
  return [a, { x: b.x, y: a.y }, b, { x: a.x, y: b.y }];
}
