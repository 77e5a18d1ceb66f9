import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Empty, Input, Segmented, Spin, Tag, Typography } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type SearchHit, searchResults } from '../../../contract/index.ts';
import { kindColor } from '../../canvas/colors.ts';
import { ask } from '../../client/api.ts';
import { Problem } from '../../controls/Problem.tsx';
import { PasteList } from './PasteList.tsx';
import { addEntities } from './commands.ts';
import { useKindNames } from './kind-names.ts';
import type { Workbench } from './use-workbench.ts';

/** One box over everything that has a name; below it the hits, best first, each with how it was found. */
export function SearchPanel({ bench }: { readonly bench: Workbench }) {
  const { t } = useTranslation('explore');
  const [way, setWay] = useState<'one' | 'list'>('one');
  const [text, setText] = useState('');
  const [kind, setKind] = useState<string | null>(null);
  const q = useDeferredValue(text.trim());
  const add = (ids: readonly string[]): void =>
    void bench.run((state, signal) => addEntities(state, ids, 'search', signal));
  return (
    <section aria-label={t('search')} className="panel">
      <Segmented
        block
        size="small"
        value={way}
        onChange={setWay}
        options={[
          { value: 'one', label: t('searchOne') },
          { value: 'list', label: t('pasteList') },
        ]}
      />
      {way === 'list' ? (
        <PasteList add={add} />
      ) : (
        <>
          <Input.Search
            allowClear
            value={text}
            placeholder={t('searchHint')}
            aria-label={t('searchHint')}
            onChange={(event) => {
              setText(event.target.value);
              setKind(null);
            }}
          />
          {q === '' ? (
            <Typography.Paragraph type="secondary" className="panel-hint">
              {t('searchHelp')}
            </Typography.Paragraph>
          ) : (
            <Hits q={q} kind={kind} setKind={setKind} add={add} there={(id) => bench.state.nodes[id] !== undefined} />
          )}
        </>
      )}
    </section>
  );
}

interface HitsProps {
  readonly q: string;
  readonly kind: string | null;
  readonly setKind: (kind: string | null) => void;
  readonly add: (ids: readonly string[]) => void;
  readonly there: (id: string) => boolean;
}

function Hits({ q, kind, setKind, add, there }: HitsProps) {
  const { t } = useTranslation('explore');
  const { kindName } = useKindNames();
  const found = useQuery({
    queryKey: ['search', q, kind],
    queryFn: ({ signal }) => ask('/api/search', searchResults, { query: { q, kinds: kind, limit: 40 }, signal }),
    placeholderData: (before) => before,
  });
  if (found.error !== null) return <Problem error={found.error} retry={() => void found.refetch()} />;
  if (found.data === undefined) return <Spin />;
  const { hits, total, notShown, byKind } = found.data;
  if (total === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('noHit', { q })} />;
  return (
    <>
      <div className="row-wrap hit-kinds">
        {(kind === null ? byKind.slice(0, 6) : [{ kind, count: total }]).map((k) => (
          <Tag.CheckableTag key={k.kind} checked={kind === k.kind} onChange={(on) => setKind(on ? k.kind : null)}>
            {kindName(k.kind)} {k.count}
          </Tag.CheckableTag>
        ))}
        <Button size="small" type="link" onClick={() => add(hits.map((h) => h.node.id))}>
          {t('addAll', { n: hits.length })}
        </Button>
      </div>
      <ul className="hits">
        {hits.map((hit) => (
          <Hit key={hit.node.id} hit={hit} add={add} isThere={there(hit.node.id)} />
        ))}
      </ul>
      {notShown === 0 ? null : <Typography.Text type="secondary">{t('notShown', { n: notShown })}</Typography.Text>}
    </>
  );
}

interface HitProps {
  readonly hit: SearchHit;
  readonly add: HitsProps['add'];
  readonly isThere: boolean;
}

function Hit({ hit, add, isThere }: HitProps) {
  const { t } = useTranslation('explore');
  const { kindName } = useKindNames();
  const { node, how } = hit;
  const words = [kindName(node.kind), node.town, how === 'exact' || how === 'fields' ? null : t(`how.${how}`)];
  return (
    <li>
      <button
        type="button"
        className="hit"
        onClick={() => add([node.id])}
        title={isThere ? t('onCanvas') : t('addOne')}
      >
        <span className="kind-dot" style={{ background: kindColor(node.kind) }} aria-hidden />
        <span className="hit-name">{node.label}</span>
        <span className="hit-more">{words.filter(Boolean).join(' · ')}</span>
        {isThere ? <span className="hit-more">✓</span> : <PlusOutlined aria-hidden />}
      </button>
    </li>
  );
}
