import { useMutation } from '@tanstack/react-query';
import { Alert, Button, DatePicker, Empty, Input, InputNumber, Select, Table } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type PatternBody, type PatternMatches, patternMatches } from '../../../../contract/index.ts';
import { ask } from '../../../client/api.ts';
import { Problem } from '../../../controls/Problem.tsx';
import { addPart } from '../commands.ts';
import type { Workbench } from '../use-workbench.ts';
import { KindSelect } from './KindSelect.tsx';
import { type Draft, type DraftLink, type DraftNode, EMPTY_DRAFT, patternOf } from './pattern-draft.ts';
import { PatternShelf } from './PatternShelf.tsx';

/** A pattern, built from parts: entities of some kinds, links between them, spans of time; found everywhere in the graph at once. */
export function PatternPanel({ bench }: { readonly bench: Workbench }) {
  const { t } = useTranslation('explore');
  const [draft, setDraft] = useState<Draft>(EMPTY_DRAFT);
  const find = useMutation({
    mutationFn: (pattern: PatternBody) =>
      ask('/api/graph/pattern', patternMatches, { method: 'POST', body: { pattern, limit: 200 } }),
  });
  const setNode = (i: number, change: Partial<DraftNode>): void =>
    setDraft({ ...draft, nodes: draft.nodes.map((n, j) => (j === i ? { ...n, ...change } : n)) });
  const setLink = (i: number, change: Partial<DraftLink>): void =>
    setDraft({ ...draft, links: draft.links.map((l, j) => (j === i ? { ...l, ...change } : l)) });
  const names = draft.nodes.map((n) => n.name);
  const addNode = (): void =>
    setDraft({ ...draft, nodes: [...draft.nodes, { name: _free('n', names), kinds: [], contains: '' }] });
  const addLink = (): void =>
    setDraft({
      ...draft,
      links: [
        ...draft.links,
        {
          name: _free(
            'l',
            draft.links.map((l) => l.name),
          ),
          from: names[0]!,
          to: names.at(-1)!,
          kinds: [],
          since: null,
        },
      ],
    });
  return (
    <section className="panel" aria-label={t('pattern')}>
      <PatternShelf draft={draft} open={setDraft} />
      <h3>{t('patternNodes')}</h3>
      {draft.nodes.map((node, i) => (
        <div key={node.name} className="pattern-part">
          <strong>{node.name}</strong>
          <KindSelect
            of="nodes"
            label={t('kindsOf', { name: node.name })}
            value={node.kinds}
            onChange={(kinds) => setNode(i, { kinds })}
          />
          <Input
            size="small"
            aria-label={t('nameContains', { name: node.name })}
            placeholder={t('nameContains', { name: node.name })}
            value={node.contains}
            onChange={(e) => setNode(i, { contains: e.target.value })}
          />
          <Button
            size="small"
            type="text"
            aria-label={t('takeOff', { what: node.name })}
            disabled={draft.nodes.length < 2}
            onClick={() =>
              setDraft({
                ...draft,
                nodes: draft.nodes.filter((n) => n.name !== node.name),
                links: draft.links.filter((l) => l.from !== node.name && l.to !== node.name),
              })
            }
          >
            ×
          </Button>
        </div>
      ))}
      <Button size="small" onClick={addNode} disabled={draft.nodes.length >= 6}>
        {t('addPatternNode')}
      </Button>
      <h3>{t('patternLinks')}</h3>
      {draft.links.map((link, i) => (
        <div key={link.name} className="pattern-part is-link">
          <strong>{link.name}</strong>
          <End label={t('from')} names={names} value={link.from} onChange={(from) => setLink(i, { from })} />→
          <End label={t('to')} names={names} value={link.to} onChange={(to) => setLink(i, { to })} />
          <KindSelect
            of="links"
            label={t('kindsOf', { name: link.name })}
            value={link.kinds}
            onChange={(kinds) => setLink(i, { kinds })}
          />
          <DatePicker
            size="small"
            aria-label={t('since', { name: link.name })}
            placeholder={t('since', { name: link.name })}
            value={link.since === null ? null : dayjs(link.since)}
            onChange={(date) => setLink(i, { since: date === null ? null : date.format('YYYY-MM-DD') })}
          />
          <Button
            size="small"
            type="text"
            aria-label={t('takeOff', { what: link.name })}
            onClick={() => setDraft({ ...draft, links: draft.links.filter((l) => l.name !== link.name) })}
          >
            ×
          </Button>
        </div>
      ))}
      <Button size="small" onClick={addLink} disabled={draft.links.length >= 6 || draft.nodes.length < 2}>
        {t('addPatternLink')}
      </Button>
      {draft.links.length < 2 ? null : (
        <label className="row-wrap">
          {t('withinHours', { a: draft.links[0]!.name, b: draft.links[1]!.name })}
          <InputNumber
            size="small"
            min={1}
            max={100_000}
            value={draft.withinHours}
            onChange={(withinHours) => setDraft({ ...draft, withinHours })}
          />
        </label>
      )}
      <Button
        size="small"
        type="primary"
        loading={find.isPending}
        disabled={draft.links.length === 0}
        onClick={() => find.mutate(patternOf(draft))}
      >
        {t('findPattern')}
      </Button>
      {find.error === null ? null : <Problem error={find.error} />}
      {find.data === undefined ? null : (
        <Findings key={find.submittedAt} bench={bench} found={find.data} names={names} />
      )}
    </section>
  );
}

interface EndProps {
  readonly label: string;
  readonly names: readonly string[];
  readonly value: string;
  readonly onChange: (name: string) => void;
}

function End({ label, names, value, onChange }: EndProps) {
  return (
    <Select
      size="small"
      aria-label={label}
      value={value}
      options={names.map((name) => ({ value: name }))}
      onChange={onChange}
    />
  );
}

interface FindingsProps {
  readonly bench: Workbench;
  readonly found: PatternMatches;
  readonly names: readonly string[];
}

function Findings({ bench, found, names }: FindingsProps) {
  const { t } = useTranslation('explore');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  if (found.rows.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('noMatch')} />;
  const labels = new Map(found.nodes.map((n) => [n.id, n.label]));
  const rows = found.rows.map((row, i) => ({ ...row, key: String(i) }) as Record<string, string> & { key: string });
  const add = (): void => {
    const ids = new Set(
      rows.filter((r) => chosen.length === 0 || chosen.includes(r.key)).flatMap((r) => Object.values(r)),
    );
    const part = { nodes: found.nodes.filter((n) => ids.has(n.id)), links: found.links.filter((l) => ids.has(l.id)) };
    void bench.run((s, signal) => addPart(s, part, 'pattern', signal));
  };
  return (
    <>
      <Alert type="info" title={found.cut ? t('matchesCut', { n: rows.length }) : t('matchesN', { n: rows.length })} />
      <Button size="small" onClick={add}>
        {chosen.length === 0 ? t('addAll', { n: rows.length }) : t('addAll', { n: chosen.length })}
      </Button>
      <Table
        size="small"
        dataSource={rows}
        pagination={{ pageSize: 10, size: 'small', hideOnSinglePage: true, showSizeChanger: false }}
        scroll={{ x: 'max-content' }}
        rowSelection={{
          selectedRowKeys: [...chosen],
          onChange: (keys) => setChosen(keys.map(String)),
          preserveSelectedRowKeys: true,
        }}
        columns={names.map((name) => ({
          title: name,
          key: name,
          render: (_: unknown, row: Record<string, string>) => labels.get(row[name] ?? '') ?? row[name],
        }))}
      />
    </>
  );
}

/** The first of `n1`, `n2`, … that is not taken. */
function _free(prefix: string, taken: readonly string[]): string {
  for (let i = 1; ; i++) if (!taken.includes(`${prefix}${i}`)) return `${prefix}${i}`;
}
