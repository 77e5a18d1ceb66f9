import { scrypt, timingSafeEqual } from 'node:crypto';
import type { Desk } from '../desk/index.ts';

/** Cost: 32 MB and about a tenth of a second. @source RFC 7914; OWASP Password Storage Cheat Sheet */
const COST = { N: 2 ** 15, r: 8, p: 1 };
const KEY_BYTES = 32;

/** `scrypt$N$r$p$salt$key`, salt and key in base64url. */
export async function hashPassword(password: string, random: Desk['random']): Promise<string> {
  const salt = Buffer.from(random(16));
  const key = await _derive(password, salt, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Compares in constant time; a text that is no hash fits nothing. */
export async function fitsPassword(password: string, stored: string): Promise<boolean> {
  const [kind, n, r, p, salt, key] = stored.split('$');
  if (kind !== 'scrypt' || salt === undefined || key === undefined) return false;
  const wanted = Buffer.from(key, 'base64url');
  const found = await _derive(password, Buffer.from(salt, 'base64url'), { N: Number(n), r: Number(r), p: Number(p) });
  return found.length === wanted.length && timingSafeEqual(found, wanted);
}

/** A password that a person can copy: 20 characters without look-alikes, 97 bits. */
export function newPassword(random: Desk['random']): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  let text = '';
  while (text.length < 20)
    for (const byte of random(32)) if (byte < 248 && text.length < 20) text += letters[byte % letters.length];
  return text.replace(/(.{5})(?=.)/g, '$1-');
}

function _derive(password: string, salt: Buffer, cost: { N: number; r: number; p: number }): Promise<Buffer> {
  return new Promise((done, fail) => {
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, { ...cost, maxmem: 128 * 2 ** 20 }, (error, key) =>
      error === null ? done(key) : fail(error),
    );
  });
}
