import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';

/** What went wrong, in the API's own words, and a way on. */
export function Problem({ error, retry }: { readonly error: Error; readonly retry?: () => void }) {
  const { t } = useTranslation('shell');
  return (
    <Alert
      type="error"
      showIcon
      message={t('failed')}
      description={error.message}
      action={retry === undefined ? null : <Button onClick={retry}>{t('retry')}</Button>}
    />
  );
}
