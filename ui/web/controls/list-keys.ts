import { useEffect, useEffectEvent, useState } from 'react';

export interface ListKeys {
  /** Place of the current row; -1 before the first key. */
  readonly current: number;
  readonly setCurrent: (place: number) => void;
}

/** Keys of a list: j and ArrowDown next, k and ArrowUp before, Enter opens, x toggles. They are left alone while one types, or while a dialog is open. */
export function useListKeys(
  length: number,
  on: { readonly open: (place: number) => void; readonly toggle?: (place: number) => void },
): ListKeys {
  const [current, setCurrent] = useState(-1);
  const listen = useEffectEvent((event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return;
    if (event.key === 'j' || event.key === 'k') {
      event.preventDefault();
      setCurrent((c) => Math.min(length - 1, Math.max(0, c + (event.key === 'j' ? 1 : -1))));
    } else if (event.key === 'Enter' && current >= 0 && !isControl(event.target)) on.open(current);
    else if (event.key === 'x' && current >= 0) on.toggle?.(current);
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => listen(event);
    document.addEventListener('keydown', hear);
    return () => document.removeEventListener('keydown', hear);
  }, []);
  useEffect(() => {
    if (current >= 0) document.querySelector('tr.is-current')?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return { current: Math.min(current, length - 1), setCurrent };
}

function isBusy(target: EventTarget | null): boolean {
  if (document.querySelector('.ant-modal-wrap:not([style*="display: none"]), .ant-drawer-open') !== null) return true;
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && (target as HTMLInputElement).type !== 'checkbox'))
  );
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && /^(A|BUTTON|INPUT)$/.test(target.tagName);
}
