import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Checkbox, Input, Table, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ListMatches, listMatches } from '../../../contract/index.ts';
import { ask } from '../../client/api.ts';
import { Problem } from '../../controls/Problem.tsx';
import { saveFile } from './save-file.ts';

/** Most lines that are matched at once, and most characters that are read. */
const MOST_LINES = 1000;
const MOST_CHARS = 400_000;

/** A pasted list of names, plates or numbers, matched line by line; what was not found is said, and the whole can be kept as CSV. */
export function PasteList({ add }: { readonly add: (ids: readonly string[]) => void }) {
  const { t } = useTranslation('explore');
  const [text, setText] = useState('');
  const [cut, setCut] = useState(0);
  const lines = [...new Set(text.split(/[\r\n\t]+/).map((l) => l.trim().slice(0, 200)))].filter((l) => l !== '');
  const match = useMutation({
    mutationFn: (asked: readonly string[]) =>
      ask('/api/search/list', listMatches, { method: 'POST', body: { lines: asked, each: 3 } }),
  });
  return (
    <>
      <Input.TextArea
        rows={6}
        value={text}
        onChange={({ target: { value } }) => {
          setText(value.slice(0, MOST_CHARS));
          setCut(Math.max(0, value.length - MOST_CHARS));
        }}
        placeholder={t('pasteHint')}
        aria-label={t('pasteHint')}
      />
      {cut > 0 ? <Tag color="warning">{t('charsLeft', { n: cut })}</Tag> : null}
      <div className="row-wrap">
        <Button
          type="primary"
          size="small"
          disabled={lines.length === 0}
          loading={match.isPending}
          onClick={() => match.mutate(lines.slice(0, MOST_LINES))}
        >
          {t('matchLines', { n: Math.min(lines.length, MOST_LINES) })}
        </Button>
        {lines.length > MOST_LINES ? (
          <Tag color="warning">{t('linesLeft', { n: lines.length - MOST_LINES })}</Tag>
        ) : null}
      </div>
      {match.error === null ? null : <Problem error={match.error} />}
      {match.data === undefined ? null : <Matches key={match.submittedAt} matches={match.data} add={add} />}
    </>
  );
}

function Matches({ matches, add }: { readonly matches: ListMatches; readonly add: (ids: readonly string[]) => void }) {
  const { t } = useTranslation('explore');
  const sure = matches.rows.filter((r) => r.hits[0]?.how === 'exact').map((r) => r.line);
  const [chosen, setChosen] = useState<readonly string[]>(sure);
  const ids = matches.rows.filter((r) => chosen.includes(r.line)).flatMap((r) => r.hits[0]?.node.id ?? []);
  const { matched, unsure, unknown } = matches;
  return (
    <>
      <Alert type="info" title={t('matched', { matched, unsure, unknown })} />
      <div className="row-wrap">
        <Button size="small" type="primary" disabled={ids.length === 0} onClick={() => add(ids)}>
          {t('addAll', { n: ids.length })}
        </Button>
        <Button size="small" onClick={() => saveFile('matches.csv', 'text/csv', _csv(matches))}>
          CSV
        </Button>
      </div>
      <Table
        size="small"
        rowKey="line"
        dataSource={matches.rows}
        pagination={{ pageSize: 50, size: 'small', hideOnSinglePage: true, showSizeChanger: false }}
        rowSelection={{
          selectedRowKeys: [...chosen],
          onChange: (keys) => setChosen(keys.map(String)),
          getCheckboxProps: (row) => ({ disabled: row.hits.length === 0, 'aria-label': row.line }),
          preserveSelectedRowKeys: true,
          renderCell: (_value, row, _i, node) =>
            row.hits.length === 0 ? <Checkbox disabled aria-label={row.line} /> : node,
        }}
        columns={[
          { title: t('line'), dataIndex: 'line' },
          { title: t('bestMatch'), key: 'best', render: (_, row) => <Best row={row} /> },
        ]}
      />
    </>
  );
}

function Best({ row }: { readonly row: ListMatches['rows'][number] }) {
  const { t } = useTranslation('explore');
  const best = row.hits[0];
  if (best === undefined) return <Tag color="error">{t('unknown')}</Tag>;
  return (
    <>
      {best.node.label}{' '}
      {best.how === 'exact' || best.how === 'fields' ? null : <Tag color="warning">{t(`how.${best.how}`)}</Tag>}
      {row.total > 1 ? <Tag>{t('moreHits', { n: row.total - 1 })}</Tag> : null}
    </>
  );
}

function _csv(matches: ListMatches): string {
  const cell = (text: string): string => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  const rows = matches.rows.flatMap(({ line, hits }) =>
    hits.length === 0
      ? [[line, '', '', '', '']]
      : hits.map((h, i) => [line, String(i + 1), h.node.id, h.node.label, h.how]),
  );
  return `\ufeff${[['line', 'rank', 'id', 'label', 'how'], ...rows].map((r) => `${r.map(cell).join(',')}\r\n`).join('')}`;
}
