import { Button, Empty, Tabs, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CanvasNode } from '../../../state/index.ts';
import { kindColor } from '../../canvas/colors.ts';
import { EntityFacts } from './inspector/EntityFacts.tsx';
import { EntityLife } from './inspector/EntityLife.tsx';
import { LinksBetween } from './inspector/LinksBetween.tsx';
import { Neighbours } from './inspector/Neighbours.tsx';
import { SelectionPanel } from './inspector/SelectionPanel.tsx';
import { useKindNames } from './kind-names.ts';
import type { Workbench } from './use-workbench.ts';

/** What is known of what is selected: one entity with every value and its row, a line with its links, or several counted together. */
export function Inspector({ bench, edge }: { readonly bench: Workbench; readonly edge: readonly string[] | null }) {
  const { t } = useTranslation('explore');
  const { selected, nodes } = bench.state;
  const links = edge === null ? [] : edge.flatMap((id) => bench.state.links[id] ?? []);
  if (links.length > 0) return <LinksBetween links={links} nodes={nodes} />;
  if (selected.length === 0)
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('selectHint')} className="panel" />;
  if (selected.length > 1) return <SelectionPanel bench={bench} />;
  const node = nodes[selected[0]!];
  return node === undefined ? null : <OneEntity key={node.id} bench={bench} node={node} />;
}

function OneEntity({ bench, node }: { readonly bench: Workbench; readonly node: CanvasNode }) {
  const { t } = useTranslation('explore');
  const { kindName } = useKindNames();
  const notes = bench.state.notes.filter((n) => n.node === node.id);
  return (
    <section className="panel" aria-label={node.label}>
      <header className="inspector-head">
        <Typography.Title level={5} copyable={{ text: node.id, tooltips: [t('copyId'), t('copied')] }}>
          <span className="kind-dot" style={{ background: kindColor(node.kind) }} aria-hidden /> {node.label}
        </Typography.Title>
        <span className="row-wrap">
          <Tag>{kindName(node.kind)}</Tag>
          {node.town === null ? null : <Tag>{node.town}</Tag>}
          <Link to={`/dossier/${encodeURIComponent(node.id)}`}>{t('dossier')}</Link>
        </span>
      </header>
      {notes.map((n) => (
        <p key={n.id} className="note">
          {n.text}
          <small>
            {n.author} · {n.at.slice(0, 16).replace('T', ' ')}
          </small>
          <Button
            size="small"
            type="text"
            aria-label={t('takeOff', { what: n.text })}
            onClick={() => bench.dispatch({ do: 'remove-note', note: n.id })}
          >
            ×
          </Button>
        </p>
      ))}
      <Tabs
        size="small"
        destroyOnHidden
        items={[
          { key: 'facts', label: t('facts'), children: <EntityFacts id={node.id} /> },
          { key: 'life', label: t('life'), children: <EntityLife id={node.id} /> },
          { key: 'around', label: t('around'), children: <Neighbours bench={bench} node={node.id} /> },
        ]}
      />
    </section>
  );
}
