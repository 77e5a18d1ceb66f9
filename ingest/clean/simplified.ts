import { Converter } from 'opencc-js/t2cn';

const _convert = Converter({ from: 't', to: 'cn' });
const HAN = /[\u3400-\u9FFF\uF900-\uFAFF]/;

/** Traditional characters to simplified ones, character by character and by phrase; words of other regions are not swapped. */
export function simplified(text: string): string {
  return HAN.test(text) ? _convert(text) : text;
}
