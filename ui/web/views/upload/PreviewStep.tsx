import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Collapse, Progress, Skeleton, Table, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Committed, type Mapping, type MappingPreview, mappingPreview } from '../../../contract/index.ts';
import { ask } from '../../client/api.ts';
import { Problem } from '../../controls/Problem.tsx';
import { figure } from '../../controls/numbers.ts';
import { type Doing, commitUpload } from './commit.ts';

export interface PreviewStepProps {
  readonly uploadId: string;
  readonly mapping: Mapping;
  readonly done: (result: Committed) => void;
}

/** Twenty entities and links that the mapping gives, what it refuses, the YAML; then the button that takes it in. */
export function PreviewStep({ uploadId, mapping, done }: PreviewStepProps) {
  const { t } = useTranslation('upload');
  const [doing, setDoing] = useState<Doing | null>(null);
  const preview = useQuery({
    queryKey: ['upload', uploadId, mapping],
    queryFn: () =>
      ask(`/api/uploads/${encodeURIComponent(uploadId)}/preview`, mappingPreview, { method: 'POST', body: mapping }),
    retry: false,
    gcTime: 0,
  });
  const commit = useMutation({ mutationFn: () => commitUpload(uploadId, mapping, setDoing), onSuccess: done });
  if (preview.error !== null) return <Problem error={preview.error} retry={() => void preview.refetch()} />;
  if (preview.data === undefined) return <Skeleton active />;
  const of = preview.data;
  if (of.faults.length > 0)
    return (
      <Alert
        type="error"
        title={t('faults', { n: of.faults.length })}
        description={
          <ul>
            {of.faults.map((f) => (
              <li key={`${f.path} ${f.message}`}>
                <code>{f.path}</code> {f.message}
              </li>
            ))}
          </ul>
        }
      />
    );
  return (
    <>
      <Seen of={of} />
      {commit.error === null ? null : <Problem error={commit.error} />}
      <div className="row-wrap" aria-live="polite">
        <Button type="primary" size="large" loading={commit.isPending} onClick={() => commit.mutate()}>
          {commit.isPending ? t('committing') : t('commit')}
        </Button>
        {doing === null ? null : (
          <>
            <Typography.Text>{doing.text}</Typography.Text>
            {doing.share === null ? null : <Progress percent={Math.round(doing.share * 100)} style={{ width: 200 }} />}
          </>
        )}
      </div>
    </>
  );
}

function Seen({ of }: { readonly of: MappingPreview }) {
  const { t } = useTranslation(['upload', 'kinds', 'links']);
  const state = { red: 'error', yellow: 'warning', green: 'success' } as const;
  return (
    <>
      <Alert
        type={of.state === null ? 'info' : state[of.state]}
        title={t('upload:counts', {
          read: figure(of.readRows),
          accepted: figure(of.acceptedRows),
          refused: figure(of.refusedRows),
        })}
        description={of.reasons.join(' · ')}
      />
      <div className="two-sides">
        <Card size="small" title={t('upload:entities', { n: figure(of.entityTotal) })}>
          <Table
            size="small"
            rowKey="id"
            showHeader={false}
            pagination={false}
            dataSource={of.entities}
            footer={() => t('upload:shown', { n: of.entities.length, total: figure(of.entityTotal) })}
            columns={[
              {
                key: 'kind',
                render: (_, e) => <Tag>{t(`kinds:${e.kind}` as 'kinds:site', { defaultValue: e.kind })}</Tag>,
              },
              { dataIndex: 'label' },
              { key: 'mentions', align: 'right', render: (_, e) => t('upload:mentionsOf', { n: e.mentions }) },
            ]}
          />
        </Card>
        <Card size="small" title={t('upload:relations', { n: figure(of.linkTotal) })}>
          <Table
            size="small"
            rowKey={(l) => `${l.kind} ${l.from} ${l.to}`}
            showHeader={false}
            pagination={false}
            dataSource={of.links}
            footer={() => t('upload:shown', { n: of.links.length, total: figure(of.linkTotal) })}
            columns={[
              { dataIndex: 'from' },
              {
                key: 'kind',
                render: (_, l) => <Tag>{t(`links:${l.kind}` as 'links:owns', { defaultValue: l.kind })}</Tag>,
              },
              { dataIndex: 'to' },
            ]}
          />
        </Card>
      </div>
      {of.rejects.length === 0 ? null : (
        <Card size="small" title={t('upload:rejects')}>
          <Table
            size="small"
            rowKey={(r) => `${r.line} ${r.column ?? ''} ${r.message}`}
            pagination={false}
            dataSource={of.rejects}
            columns={[
              { title: t('upload:line'), dataIndex: 'line' },
              { title: t('upload:column'), dataIndex: 'column' },
              { title: t('upload:why'), dataIndex: 'message' },
            ]}
          />
          {of.rejectsNotShown > 0 ? (
            <Typography.Text type="secondary">
              {t('upload:rejectsNotShown', { n: figure(of.rejectsNotShown) })}
            </Typography.Text>
          ) : null}
        </Card>
      )}
      <Collapse items={[{ key: 'yaml', label: t('upload:yaml'), children: <pre className="yaml">{of.yaml}</pre> }]} />
    </>
  );
}
