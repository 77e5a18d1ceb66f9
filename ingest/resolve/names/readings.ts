import { pinyin } from 'pinyin-pro';

const _memo = new Map<string, string>();

/** Pinyin of a text without tones, syllables parted by spaces; characters without a reading stay. The first 200,000 distinct texts are kept. */
export function readingOf(text: string): string {
  let reading = _memo.get(text);
  if (reading === undefined) {
    reading = pinyin(text, { toneType: 'none', type: 'array', nonZh: 'consecutive' }).join(' ').toLowerCase();
    if (_memo.size < 200_000) _memo.set(text, reading);
  }
  return reading;
}

/** A reading with the pairs that ears and dialects of the lower Yangtze mix up made one: z/zh, c/ch, s/sh, n/l, an/ang, en/eng, in/ing. */
export function looseReading(reading: string): string {
  return reading
    .replace(/\b([zcs])h/g, '$1')
    .replace(/\bl/g, 'n')
    .replace(/([aei]n)g\b/g, '$1');
}
