import { useTranslation } from 'react-i18next';

/** Colour of each state of a source. */
export const STATE_COLORS = { red: 'error', yellow: 'warning', green: 'success', absent: 'default' } as const;

const SHOWN_REASONS = 12;

/** Reasons as a list; how many more there are is said. */
export function Reasons({ reasons }: { readonly reasons: readonly string[] }) {
  const { t } = useTranslation('shell');
  if (reasons.length === 0) return null;
  return (
    <ul style={{ margin: 0, paddingInlineStart: 16 }}>
      {reasons.slice(0, SHOWN_REASONS).map((r) => (
        <li key={r}>{r}</li>
      ))}
      {reasons.length > SHOWN_REASONS ? <li>{t('notShown', { n: reasons.length - SHOWN_REASONS })}</li> : null}
    </ul>
  );
}
