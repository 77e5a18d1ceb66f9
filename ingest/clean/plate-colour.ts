/** Colours of number plates. */
export type PlateColour = 'blue' | 'yellow' | 'black' | 'white' | 'green' | 'yellow-green' | 'other';

/** Code lists that disagree: JT/T 415 (transport feeds) and the general colour list of GA/T 1400 (police feeds). */
export const PLATE_COLOUR_CODES: Readonly<Record<'jt415' | 'ga1400', Readonly<Record<string, PlateColour>>>> = {
  jt415: { 1: 'blue', 2: 'yellow', 3: 'black', 4: 'white', 5: 'green', 9: 'other' },
  ga1400: { 1: 'black', 2: 'white', 5: 'blue', 6: 'yellow', 9: 'green' },
};

const WORDS: Readonly<Record<string, PlateColour>> = {
  蓝: 'blue',
  黄: 'yellow',
  黑: 'black',
  白: 'white',
  绿: 'green',
  渐变绿: 'green',
  黄绿: 'yellow-green',
};

/** The colour of a code in the stated list, or of a Chinese word; null when the list has no such code. */
export function plateColour(sent: string, list: 'jt415' | 'ga1400'): PlateColour | null {
  const text = sent.trim().replace(/色$/, '');
  return WORDS[text] ?? PLATE_COLOUR_CODES[list][text.replace(/^0+(?=\d)/, '')] ?? null;
}

/** 号牌种类 of GA/T 16.7 met here. */
export const PLATE_CLASSES: Readonly<Record<string, string>> = {
  '01': '大型汽车',
  '02': '小型汽车',
  '15': '挂车',
  '51': '大型新能源汽车',
  '52': '小型新能源汽车',
};
