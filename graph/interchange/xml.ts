import { InputError } from '../../ingest/base/index.ts';

/** An element; `text` is its own character data, end to end. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

/** Text for between tags or within double quotes. Characters that XML 1.0 cannot hold (controls, lone surrogates) become U+FFFD; line ends and tabs are kept by number. */
export function xmlText(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"'\t\n\r]/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** Reads a document: elements, attributes, text, CDATA; comments, declarations and processing instructions are passed over. A document type is refused (it could
 *  name outside files), and namespaces are left in the names. @throws InputError `bad-xml` with the place */
export function parseXml(source: string): XmlElement {
  const open: { name: string; attributes: Record<string, string>; children: XmlElement[]; text: string }[] = [];
  const top: XmlElement[] = [];
  const token =
    /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<\/([^\s>]+)\s*>|<([^\s/>!?]+)((?:\s+[^\s=>/]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/y;
  while (token.lastIndex < source.length) {
    const at = token.lastIndex;
    const match = token.exec(source);
    if (match === null)
      throw _bad(source, at, source.startsWith('<!DOCTYPE', at) ? 'a document type is not allowed' : 'not XML');
    const [, cdata, close, name, attributes, empty, text] = match;
    if (cdata !== undefined || text !== undefined) {
      const value = cdata ?? _unescaped(source, at, text!);
      if (open.length > 0) open.at(-1)!.text += value;
      else if (value.replace('\ufeff', '').trim() !== '') throw _bad(source, at, 'text outside the root element');
    } else if (close !== undefined) {
      const element = open.pop();
      if (element?.name !== close) throw _bad(source, at, `</${close}> closes nothing`);
      (open.at(-1)?.children ?? top).push(element);
    } else if (name !== undefined) {
      const element = { name, attributes: _attributes(source, at, attributes!), children: [], text: '' };
      if (empty === '/') (open.at(-1)?.children ?? top).push(element);
      else open.push(element);
    }
  }
  if (open.length > 0) throw _bad(source, source.length, `<${open.at(-1)!.name}> is not closed`);
  if (top.length !== 1) throw _bad(source, source.length, `${top.length} root elements; there must be one`);
  return top[0]!;
}

function _attributes(source: string, at: number, text: string): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [, name, double, single] of text.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    if (Object.hasOwn(out, name!)) throw _bad(source, at, `attribute ${name} stands twice`);
    Object.defineProperty(out, name!, { value: _unescaped(source, at, double ?? single!), enumerable: true });
  }
  return out;
}

const _NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function _unescaped(source: string, at: number, text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-fA-F]+)|(\w+));|&/g, (whole, decimal, hex, named: string | undefined) => {
    const code = decimal !== undefined ? Number(decimal) : hex !== undefined ? parseInt(hex as string, 16) : null;
    const value = code === null ? _NAMED[named ?? ''] : code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
    if (value === undefined) throw _bad(source, at, `${whole} is not a character`);
    return value;
  });
}

function _bad(source: string, at: number, what: string): InputError {
  const line = source.slice(0, at).split('\n').length;
  return new InputError('bad-xml', `parseXml: line ${line}: ${what}`, { line });
}
