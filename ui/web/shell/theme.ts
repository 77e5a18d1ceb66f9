import { useState } from 'react';

const KEY = 'tributary.dark';

/** A wall screen is dark unless the user chose light on this device. */
export function wallIsDark(): boolean {
  return localStorage.getItem(KEY) !== '0';
}

/** Dark or light: what the user chose on this device, else what the system prefers. */
export function useDark(): readonly [boolean, (dark: boolean) => void] {
  const [dark, setDark] = useState(() => {
    const kept = localStorage.getItem(KEY);
    return kept === null ? matchMedia('(prefers-color-scheme: dark)').matches : kept === '1';
  });
  const keep = (next: boolean): void => {
    localStorage.setItem(KEY, next ? '1' : '0');
    setDark(next);
  };
  return [dark, keep];
}
