import type { Picture, Shape } from './picture.ts';

/** `text` safe inside HTML, XML and attribute values. */
export function escapeXml(text: string): string {
  return xmlText(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** `text` without the characters that XML 1.0 cannot hold at all (controls but tab, LF and CR; U+FFFE, U+FFFF). */
export function xmlText(text: string): string {
  return Array.from(text)
    .filter((c) => c >= ' ' || c === '\t' || c === '\n' || c === '\r')
    .join('')
    .replace(/[\ufffe\uffff]/g, '');
}

/** The picture as one standalone SVG element. */
export function svgOf(picture: Picture): string {
  const { width, height, title } = picture;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="'Noto Sans SC','PingFang SC','Microsoft YaHei',sans-serif">` +
    `<title>${escapeXml(title)}</title><rect width="${width}" height="${height}" fill="#ffffff"/>${picture.shapes.map(_svgShape).join('')}</svg>`
  );
}

function _svgShape(shape: Shape): string {
  switch (shape.kind) {
    case 'line':
      return `<polyline points="${_points(shape.points)}" fill="none" stroke="${shape.colour}" stroke-width="${shape.width}"${shape.dashed === true ? ' stroke-dasharray="5 4"' : ''}/>`;
    case 'area':
      return `<polygon points="${_points(shape.points)}" fill="${shape.fill}" fill-opacity="${shape.opacity}"/>`;
    case 'dot':
      return `<circle cx="${_n(shape.x)}" cy="${_n(shape.y)}" r="${_n(shape.radius)}" fill="${shape.fill}"${shape.stroke === undefined ? '' : ` stroke="${shape.stroke}" stroke-width="2"`}/>`;
    case 'box':
      return `<rect x="${_n(shape.x)}" y="${_n(shape.y)}" width="${_n(shape.width)}" height="${_n(shape.height)}" fill="${shape.fill}"/>`;
    case 'text':
      return `<text x="${_n(shape.x)}" y="${_n(shape.y)}" font-size="${shape.size}" fill="${shape.colour}" text-anchor="${shape.anchor ?? 'start'}">${escapeXml(shape.text)}</text>`;
  }
}

function _points(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y]) => `${_n(x)},${_n(y)}`).join(' ');
}

function _n(x: number): string {
  return String(Math.round(x * 10) / 10);
}
