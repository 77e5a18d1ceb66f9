import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../client/api.ts';

/** What went wrong, in the API's own words, and a way on. */
export function Problem({ error, retry }: { readonly error: Error; readonly retry?: () => void }) {
  const { t } = useTranslation('shell');
  const status = error instanceof ApiProblem ? error.status : null;
  const title = status === 0 ? t('apiDown') : status === 403 ? t('noRight') : status === 404 ? t('gone') : t('failed');
  return (
    <Alert
      role="alert"
      type={status === 403 ? 'warning' : 'error'}
      showIcon
      title={title}
      description={error.message}
      style={{ margin: 12 }}
      action={retry === undefined ? null : <Button onClick={retry}>{t('retry')}</Button>}
    />
  );
}
