import { SafetyCertificateOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Card, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { verification } from '../../../contract/index.ts';
import { ApiProblem, ask } from '../../client/api.ts';
import { Problem } from '../../controls/Problem.tsx';
import { RowLinks } from '../../controls/RowLinks.tsx';

/** Recomputes every hash from the department's file to the report (N10). */
export function EvidenceChain({ leadId, rowIds }: { readonly leadId: string; readonly rowIds: readonly string[] }) {
  const { t } = useTranslation('lead');
  const address = `/api/leads/${encodeURIComponent(leadId)}`;
  const verify = useMutation({ mutationFn: () => ask(`${address}/verify`, verification, { method: 'POST' }) });
  const isMissing = verify.error instanceof ApiProblem && verify.error.status === 404;
  return (
    <Card size="small" title={t('chain')} extra={<RowLinks rowIds={rowIds} />}>
      <div className="row-wrap">
        <Button icon={<SafetyCertificateOutlined />} loading={verify.isPending} onClick={() => verify.mutate()}>
          {t('verify')}
        </Button>
        <Button type="link" href={`${address}/evidence`} download={`${leadId}.evidence.json`}>
          {t('bundle')}
        </Button>
      </div>
      <div aria-live="polite">
        {verify.isPending ? <Typography.Text type="secondary">{t('verifying')}</Typography.Text> : null}
        {verify.error === null ? null : isMissing ? (
          <Alert type="info" title={t('noBundle')} style={{ marginTop: 8 }} />
        ) : (
          <Problem error={verify.error} />
        )}
        {verify.data === undefined ? null : (
          <Alert
            style={{ marginTop: 8 }}
            showIcon
            type={verify.data.ok ? 'success' : 'error'}
            title={
              verify.data.ok
                ? t('whole', { n: verify.data.checked })
                : t('broken', { message: verify.data.broken?.message ?? '' })
            }
            description={verify.data.absent.length === 0 ? undefined : t('absent', { n: verify.data.absent.length })}
          />
        )}
      </div>
    </Card>
  );
}
