import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Descriptions, Drawer, Skeleton, Table, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { type SourceRow, sourceRow } from '../../contract/index.ts';
import { ask } from '../client/api.ts';
import { Problem } from './Problem.tsx';
import { useAddress } from './address.ts';
import { minute } from './numbers.ts';
import { useWords } from './words.ts';

/** Names of the search parameters that open the drawer: the row shown, and those it can be paged through. */
export const ROW = 'row';
const ROWS = 'rows';
const MAX_ROWS = 60;

/** Parameters that open the drawer at the first of some rows. At most 60 go into the address; the drawer says how many there are in all. */
export function rowsAt(rowIds: readonly string[]): Record<string, string> {
  return {
    [ROW]: rowIds[0] ?? '',
    [ROWS]: rowIds.length < 2 ? '' : `${rowIds.length}~${rowIds.slice(0, MAX_ROWS).join('~')}`,
  };
}

/** The source row that `?row=` names, over any view: what the department sent, from which file and line. */
export function RowDrawer() {
  const { t } = useTranslation('rows');
  const { at, put } = useAddress();
  const rowId = at(ROW);
  const [count = '1', ...rows] = (at(ROWS) ?? '').split('~');
  const place = rowId === null ? -1 : rows.indexOf(rowId);
  return (
    <Drawer
      open={rowId !== null && rowId !== ''}
      onClose={() => put({ [ROW]: null, [ROWS]: null })}
      size="min(640px, 100vw)"
      title={t('title')}
      destroyOnHidden
      extra={
        rows.length < 2 ? null : (
          <span className="row-wrap">
            <Button
              aria-label={t('before')}
              icon={<LeftOutlined />}
              disabled={place <= 0}
              onClick={() => put({ [ROW]: rows[place - 1]! })}
            />
            {t('place', { place: place + 1, of: count })}
            <Button
              aria-label={t('next')}
              icon={<RightOutlined />}
              disabled={place >= rows.length - 1}
              onClick={() => put({ [ROW]: rows[place + 1]! })}
            />
          </span>
        )
      }
    >
      {rowId === null || rowId === '' ? null : <Row rowId={rowId} />}
      {Number(count) > rows.length && rows.length > 1 ? (
        <Alert type="info" title={t('notShown', { n: Number(count) - rows.length })} />
      ) : null}
    </Drawer>
  );
}

function Row({ rowId }: { readonly rowId: string }) {
  const row = useQuery({
    queryKey: ['row', rowId],
    queryFn: ({ signal }) => ask(`/api/rows/${encodeURIComponent(rowId)}`, sourceRow, { signal }),
  });
  if (row.error !== null) return <Problem error={row.error} retry={() => void row.refetch()} />;
  if (row.data === undefined) return <Skeleton active />;
  return <RowOf row={row.data} />;
}

const LEVELS = ['level0', 'level1', 'level2', 'level3'] as const;

function RowOf({ row }: { readonly row: SourceRow }) {
  const { t } = useTranslation('rows');
  const { say } = useWords();
  return (
    <>
      <Descriptions
        size="small"
        column={1}
        title={`${say(row.title)}（${row.department}）`}
        items={[
          { key: 'file', label: t('file'), children: row.fileName ?? '—' },
          { key: 'line', label: t('line'), children: row.line },
          { key: 'event', label: t('eventAt'), children: minute(row.eventAt) },
          { key: 'known', label: t('knownAt'), children: minute(row.knownAt) },
          {
            key: 'level',
            label: t('level'),
            children: (
              <>
                <Tag>{t(LEVELS[row.level] ?? 'level3')}</Tag>
                <Tag>{t(`share.${row.share}` as 'share.conditional')}</Tag>
                {row.use}
              </>
            ),
          },
          {
            key: 'sha',
            label: 'SHA-256',
            children: (
              <Typography.Text copyable={row.fileSha256 === null ? false : { text: row.fileSha256 }} code>
                {row.fileSha256?.slice(0, 16) ?? '—'}…
              </Typography.Text>
            ),
          },
          { key: 'id', label: t('rowId'), children: <Typography.Text copyable>{row.rowId}</Typography.Text> },
        ]}
      />
      <Table
        size="small"
        rowKey="column"
        pagination={false}
        dataSource={row.cells}
        columns={[
          { title: t('header'), key: 'header', render: (_, c) => <span title={c.column}>{c.header ?? c.column}</span> },
          {
            title: t('value'),
            key: 'value',
            render: (_, c) =>
              c.hidden === null ? (
                <>
                  {_shown(c.value)}
                  {c.raw === null ? null : (
                    <Typography.Text type="secondary"> {t('sentAs', { raw: c.raw })}</Typography.Text>
                  )}
                </>
              ) : (
                <Typography.Text type="secondary">{t('hidden')}</Typography.Text>
              ),
          },
        ]}
      />
      {row.rejects.map((r) => (
        <Alert
          key={`${r.column ?? ''} ${r.rule}`}
          type="warning"
          style={{ marginTop: 8 }}
          title={`${r.column ?? ''} ${r.value ?? ''}`}
          description={r.message}
        />
      ))}
    </>
  );
}

/** A moment is shown in China time; everything else as it is. */
function _shown(value: string | null): string {
  if (value === null) return '—';
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) ? minute(value) : value;
}
