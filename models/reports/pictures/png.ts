import { type SKRSContext2D, createCanvas } from '@napi-rs/canvas';
import type { Picture, Shape } from './picture.ts';

const SCALE = 2;

/** The picture as PNG bytes at twice its size. Machines rarely have a Han font, so a text that is not ASCII gives way to its tag. */
export function pngOf(picture: Picture): Uint8Array {
  const canvas = createCanvas(picture.width * SCALE, picture.height * SCALE);
  const context = canvas.getContext('2d');
  context.scale(SCALE, SCALE);
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, picture.width, picture.height);
  for (const shape of picture.shapes) _draw(context, shape);
  return canvas.toBuffer('image/png');
}

function _draw(context: SKRSContext2D, shape: Shape): void {
  switch (shape.kind) {
    case 'line':
      context.strokeStyle = shape.colour;
      context.lineWidth = shape.width;
      context.setLineDash(shape.dashed === true ? [5, 4] : []);
      _path(context, shape.points);
      context.stroke();
      return;
    case 'area':
      context.globalAlpha = shape.opacity;
      context.fillStyle = shape.fill;
      _path(context, shape.points);
      context.closePath();
      context.fill();
      context.globalAlpha = 1;
      return;
    case 'dot':
      context.beginPath();
      context.arc(shape.x, shape.y, shape.radius, 0, Math.PI * 2);
      context.fillStyle = shape.fill;
      context.fill();
      if (shape.stroke !== undefined) {
        context.strokeStyle = shape.stroke;
        context.lineWidth = 2;
        context.setLineDash([]);
        context.stroke();
      }
      return;
    case 'box':
      context.fillStyle = shape.fill;
      context.fillRect(shape.x, shape.y, shape.width, shape.height);
      return;
    case 'text': {
      const text = /^[\x20-\x7e]*$/.test(shape.text) ? shape.text : shape.tag;
      if (text === undefined) return;
      context.fillStyle = shape.colour;
      context.font = `${shape.size}px sans-serif`;
      context.textAlign = shape.anchor === 'middle' ? 'center' : (shape.anchor ?? 'start');
      context.fillText(text, shape.x, shape.y);
    }
  }
}

function _path(context: SKRSContext2D, points: readonly (readonly [number, number])[]): void {
  context.beginPath();
  points.forEach(([x, y], i) => (i === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
}
