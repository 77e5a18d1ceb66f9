import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

/** State that lives in the page's address, so that a link shows the same: reads and replaces search parameters; null or '' removes one.
 *  `at('kind')` is null when it is not there. */
export function useAddress(): {
  readonly at: (name: string) => string | null;
  readonly put: (changes: Readonly<Record<string, string | null>>) => void;
} {
  const [search, setSearch] = useSearchParams();
  const put = useCallback(
    (changes: Readonly<Record<string, string | null>>) =>
      setSearch(
        (before) => {
          const next = new URLSearchParams(before);
          for (const [name, value] of Object.entries(changes)) {
            if (value === null) next.delete(name);
            else next.set(name, value);
          }
          return next;
        },
        { replace: true },
      ),
    [setSearch],
  );
  return { at: (name) => search.get(name), put };
}
