/** Letters of other alphabets as Latin, for comparing names across scripts; not a transliteration standard.
 *  Arabic gives consonants and long vowels only, as it is written. */
const PAIRS =
  'а a б b в v г g ґ g д d е e ё e є ie ж zh з z и i і i ї i й i к k л l м m н n о o п p р r с s т t у u ў u ф f х kh ц ts ч ch ш sh щ shch ъ _ ы y ь _ э e ю iu я ia ' +
  'ا a أ a إ i آ a ب b ت t ث th ج j ح h خ kh د d ذ dh ر r ز z س s ش sh ص s ض d ط t ظ z ع a غ gh ف f ق q ك k ل l م m ن n ه h ة a و w ي y ى a ء _ ئ y ؤ w پ p چ ch ژ zh گ g ک k ی y ' +
  'α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o';
const LETTERS = new Map<string, string>();
const _list = PAIRS.split(' ');
for (let i = 0; i + 1 < _list.length; i += 2) LETTERS.set(_list[i]!, _list[i + 1] === '_' ? '' : _list[i + 1]!);

/** A folded text with Cyrillic, Arabic and Greek letters as Latin. */
export function romanized(text: string): string {
  return /[\u0370-\u06ff]/u.test(text) ? Array.from(text, (c) => LETTERS.get(c) ?? c).join('') : text;
}

/** What is left of a Latin word when spelling habits are taken off: one letter a sound, vowels only at the head. */
export function soundOf(word: string): string {
  const plain = word
    .replace(/ph/g, 'f')
    .replace(/sch|sh|ch|tch/g, 's')
    .replace(/ck|kh|q|c/g, 'k')
    .replace(/gh/g, 'g')
    .replace(/dh/g, 'd')
    .replace(/th/g, 't')
    .replace(/x/g, 'ks')
    .replace(/w/g, 'v')
    .replace(/z/g, 's')
    .replace(/y|j/g, 'i')
    .replace(/(.)\1+/g, '$1');
  return (/^[aeiou]/.test(plain) ? 'a' : '') + plain.replace(/[aeiouh]/g, '');
}
