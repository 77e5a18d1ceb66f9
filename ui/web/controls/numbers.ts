/** `12.3 %`, with more digits where the share is small; `—` for null. */
export function percent(share: number | null, digits?: number): string {
  if (share === null) return '—';
  const d = digits ?? (Math.abs(share) < 0.01 && share !== 0 ? 2 : Math.abs(share) < 0.1 ? 1 : 0);
  return `${(share * 100).toFixed(d)}%`;
}

/** A number as people write it: grouped, at most `digits` decimals; `—` for null. */
export function figure(value: number | null, digits = 2): string {
  if (value === null) return '—';
  return value.toLocaleString('en-US', { maximumFractionDigits: digits });
}

const CHINA = 8 * 3_600_000;

/** `2026-06-30` in China time; `—` for null. */
export function day(iso: string | null): string {
  return iso === null ? '—' : new Date(Date.parse(iso) + CHINA).toISOString().slice(0, 10);
}

/** `2026-06-30 23:08` in China time; `—` for null. */
export function minute(iso: string | null): string {
  return iso === null ? '—' : new Date(Date.parse(iso) + CHINA).toISOString().slice(0, 16).replace('T', ' ');
}
