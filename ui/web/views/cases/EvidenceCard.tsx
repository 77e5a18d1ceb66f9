import { UploadOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Tag, Typography, Upload } from 'antd';
import { useTranslation } from 'react-i18next';
import { type CaseDetail, type Evidence, evidenceCheck } from '../../../contract/index.ts';
import { ask, sendBytes } from '../../client/api.ts';
import { useMay } from '../../client/session.ts';
import { Problem } from '../../controls/Problem.tsx';
import { figure, minute } from '../../controls/numbers.ts';

/** Files kept as evidence, each with its hash and chain of custody (f5). */
export function EvidenceCard({ of }: { readonly of: CaseDetail }) {
  const { t } = useTranslation('cases');
  const may = useMay();
  const client = useQueryClient();
  const address = `/api/cases/${encodeURIComponent(of.caseId)}/evidence`;
  const add = useMutation({
    mutationFn: (file: File) => sendBytes(address, { query: { fileName: file.name }, file }),
    onSettled: () => client.invalidateQueries({ queryKey: ['cases'] }),
  });
  return (
    <Card size="small" title={`${t('evidence')} ${of.evidence.length}`}>
      {add.error === null ? null : <Problem error={add.error} />}
      <ul className="plain">
        {of.evidence.map((e) => (
          <EvidenceLine key={e.evidenceId} evidence={e} address={address} />
        ))}
      </ul>
      {may('cases.write') ? (
        <Upload
          showUploadList={false}
          beforeUpload={(file) => {
            add.mutate(file);
            return false;
          }}
        >
          <Button icon={<UploadOutlined />} loading={add.isPending} style={{ marginTop: 8 }}>
            {t('addEvidence')}
          </Button>
        </Upload>
      ) : null}
    </Card>
  );
}

function EvidenceLine({ evidence, address }: { readonly evidence: Evidence; readonly address: string }) {
  const { t } = useTranslation('cases');
  const one = `${address}/${encodeURIComponent(evidence.evidenceId)}`;
  const verify = useMutation({ mutationFn: () => ask(`${one}/verify`, evidenceCheck) });
  return (
    <li>
      <a href={one} download={evidence.fileName}>
        {evidence.fileName}
      </a>{' '}
      <Button size="small" loading={verify.isPending} onClick={() => verify.mutate()}>
        {t('verify')}
      </Button>{' '}
      {verify.data === undefined ? null : (
        <Tag color={verify.data.isWhole ? 'success' : 'error'}>{t(verify.data.isWhole ? 'whole' : 'broken')}</Tag>
      )}
      {verify.error === null ? null : <Problem error={verify.error} />}
      <div>
        <Typography.Text type="secondary" style={{ fontSize: 12 }}>
          {figure(evidence.bytes)} B · SHA-256 {evidence.sha256.slice(0, 16)}… · {evidence.byName} {minute(evidence.at)}{' '}
          · {t('custody', { n: evidence.custody.length })}
        </Typography.Text>
      </div>
    </li>
  );
}
