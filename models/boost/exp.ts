const LOG2E = 1.4426950408889634;
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

const words = new Int32Array(2);
const power = new Float64Array(words.buffer);
const highWord = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0;

/** e^x within one part in 10¹⁵: operation for operation what the kernel does, so that a model trained without it is the same bytes.
 *  `Math.exp` is not told to be the same on every engine. Arguments beyond ±708 are held there. */
export function exp(given: number): number {
  const x = Math.max(Math.min(given, 708), -708);
  const k = Math.floor(x * LOG2E + 0.5);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  let sum = 1.6059043836821613e-10;
  sum = sum * r + 2.08767569878681e-9;
  sum = sum * r + 2.505210838544172e-8;
  sum = sum * r + 2.755731922398589e-7;
  sum = sum * r + 2.7557319223985893e-6;
  sum = sum * r + 0.0000248015873015873;
  sum = sum * r + 0.0001984126984126984;
  sum = sum * r + 0.001388888888888889;
  sum = sum * r + 0.008333333333333333;
  sum = sum * r + 0.041666666666666664;
  sum = sum * r + 0.16666666666666666;
  sum = sum * r + 0.5;
  sum = sum * r + 1;
  sum = sum * r + 1;
  words[highWord] = (k + 1023) << 20;
  words[1 - highWord] = 0;
  return sum * power[0]!;
}
