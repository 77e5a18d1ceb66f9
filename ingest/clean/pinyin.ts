import { pinyin } from 'pinyin-pro';
import { PROVINCE_NAMES, REGION_NAMES, TOWN_NAMES } from './places.ts';

/** Readings that dictionaries of common words get wrong in places met here. */
const PLACE_READINGS: Readonly<Record<string, string>> = {
  长兴: 'chang xing',
  埭溪: 'dai xi',
  乾元: 'qian yuan',
  洛舍: 'luo she',
  泾县: 'jing xian',
  长丰: 'chang feng',
  行头: 'hang tou',
};
const PLACES = new Set([...PROVINCE_NAMES, ...REGION_NAMES, ...TOWN_NAMES]);

/** Syllables of one word without tones, joined by spaces; other characters stay as they are. A known place has its own reading; 长 in 长兴 is chang. */
export function wordPinyin(word: string): string {
  return PLACE_READINGS[word] ?? pinyin(word, { toneType: 'none', nonZh: 'consecutive' }).toLowerCase();
}

/** Syllables of the words of a name, each word read alone: joined first, 吴兴区 + 长兴县 would read 区长 as one word. */
export function namePinyin(words: readonly string[]): string {
  return words
    .filter((word) => word !== '')
    .map((word) => wordPinyin(word))
    .join(' ');
}

/** Syllables of a person's name, the family name in its own reading: 单 is shan, 仇 is qiu. */
export function personPinyin(name: string): string {
  return pinyin(name, { toneType: 'none', surname: 'head', nonZh: 'consecutive' }).toLowerCase();
}

/** Whether a word is a place whose reading is fixed here. */
export function isPlaceWord(word: string): boolean {
  return PLACES.has(word);
}

/** All readings of one Han character without tones, e.g. 长 → chang, zhang; the character itself, in small letters, when it has none. */
export function charReadings(char: string): readonly string[] {
  const found = pinyin(char, { toneType: 'none', multiple: true, type: 'array', nonZh: 'consecutive', v: true });
  return [...new Set(found.map((reading) => reading.toLowerCase()).filter((reading) => reading !== ''))];
}
