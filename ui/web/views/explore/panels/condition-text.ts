import { useTranslation } from 'react-i18next';
import type { Condition } from '../../../../state/index.ts';
import { useProperties } from '../inspector/property-names.ts';
import { useKindNames } from '../kind-names.ts';
import { useMeasureNames } from '../measure-names.ts';
import type { Workbench } from '../use-workbench.ts';

/** The name of a property that filters and rules may read. */
export function usePropertyName(): (property: string) => string {
  const propertyName = useProperties();
  const measureName = useMeasureNames();
  return (property) => (property.startsWith('measure:') ? measureName(property.slice(8)) : propertyName(property));
}

/** A condition in words. */
export function useConditionText(): (condition: Condition) => string {
  const { t } = useTranslation('explore');
  const { kindName } = useKindNames();
  const name = usePropertyName();
  return ({ property, operator, value }) => {
    const shown = property === 'kind' ? kindName(String(value)) : String(value ?? '');
    return `${name(property)} ${t(`operators.${operator}`)} ${shown}`.trim();
  };
}

/** Properties that filters and rules may read; measures that were worked out come last. */
export function usePropertyOptions(bench: Workbench): { value: string; label: string }[] {
  const name = usePropertyName();
  const measures = Object.keys(bench.state.measures).map((m) => `measure:${m}`);
  return ['kind', 'label', 'town', 'mentions', 'firstKnownAt', ...measures].map((value) => ({
    value,
    label: name(value),
  }));
}
