import { useTranslation } from 'react-i18next';
import { en } from '../../../texts/properties.ts';

/** The name of a property in the language shown; one that the product does not know keeps its code. */
export function useProperties(): (property: string) => string {
  const { t } = useTranslation('properties');
  return (property) => (property in en ? t(property as 'name') : property);
}
