import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Checkbox, Empty, InputNumber, Modal, Select, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type GraphPaths, graphPaths } from '../../../contract/index.ts';
import { ask } from '../../client/api.ts';
import { Problem } from '../../controls/Problem.tsx';
import { day } from '../../controls/numbers.ts';
import { addPart } from './commands.ts';
import { useKindNames } from './kind-names.ts';
import { KindSelect } from './panels/KindSelect.tsx';
import type { Workbench } from './use-workbench.ts';

export interface PathsDialogProps {
  readonly bench: Workbench;
  readonly from: string;
  readonly close: () => void;
}

/** Paths between two entities of the canvas: the shortest, several, or one on which dates advance; kinds can be kept out. Each is chosen before it is brought in. */
export function PathsDialog({ bench, from, close }: PathsDialogProps) {
  const { t } = useTranslation('explore');
  const { state } = bench;
  const other = state.selected.find((id) => id !== from) ?? null;
  const [start, setStart] = useState<string | null>(from === '' ? null : from);
  const [goal, setGoal] = useState<string | null>(other);
  const [k, setK] = useState(3);
  const [maxHops, setMaxHops] = useState(6);
  const [inTime, setInTime] = useState(false);
  const [withoutNodeKinds, setNodeKinds] = useState<readonly string[]>([]);
  const [withoutLinkKinds, setLinkKinds] = useState<readonly string[]>([]);
  const entities = Object.values(state.nodes).map((n) => ({ value: n.id, label: n.label }));
  const find = useMutation({
    mutationFn: () =>
      ask('/api/graph/paths', graphPaths, {
        query: {
          from: start,
          to: goal,
          k,
          maxHops,
          inTime,
          withoutNodeKinds: withoutNodeKinds.join(','),
          withoutLinkKinds: withoutLinkKinds.join(','),
        },
      }),
  });
  return (
    <Modal open title={t('paths')} width={720} onCancel={close} footer={null} destroyOnHidden>
      <div className="form-grid">
        <label htmlFor="path-from">{t('from')}</label>
        <Select
          id="path-from"
          showSearch={{ optionFilterProp: 'label' }}
          value={start}
          options={entities}
          onChange={setStart}
        />
        <label htmlFor="path-to">{t('to')}</label>
        <Select
          id="path-to"
          showSearch={{ optionFilterProp: 'label' }}
          value={goal}
          options={entities}
          onChange={setGoal}
        />
        <label htmlFor="path-k">{t('pathCount')}</label>
        <InputNumber id="path-k" min={1} max={20} value={k} disabled={inTime} onChange={(v) => setK(v ?? 1)} />
        <label htmlFor="path-hops">{t('maxHops')}</label>
        <InputNumber id="path-hops" min={1} max={12} value={maxHops} onChange={(v) => setMaxHops(v ?? 6)} />
        <label htmlFor="path-time">{t('inTime')}</label>
        <Switch id="path-time" checked={inTime} onChange={setInTime} />
        <label htmlFor="path-nodes">{t('withoutNodeKinds')}</label>
        <KindSelect id="path-nodes" of="nodes" value={withoutNodeKinds} onChange={setNodeKinds} />
        <label htmlFor="path-links">{t('withoutLinkKinds')}</label>
        <KindSelect id="path-links" of="links" value={withoutLinkKinds} onChange={setLinkKinds} />
      </div>
      <Button
        type="primary"
        disabled={start === null || goal === null || start === goal}
        loading={find.isPending}
        onClick={() => find.mutate()}
      >
        {t('findPaths')}
      </Button>
      {find.error === null ? null : <Problem error={find.error} />}
      {find.data === undefined ? null : <Found bench={bench} found={find.data} close={close} isTimed={inTime} />}
    </Modal>
  );
}

interface FoundProps {
  readonly bench: Workbench;
  readonly found: GraphPaths;
  readonly close: () => void;
  readonly isTimed: boolean;
}

function Found({ bench, found, close, isTimed }: FoundProps) {
  const { t } = useTranslation('explore');
  const { linkName } = useKindNames();
  const [chosen, setChosen] = useState<readonly number[]>(found.paths.map((_p, i) => i));
  if (found.paths.length === 0) return <Empty description={isTimed ? t('noTimedPath') : t('noPath')} />;
  const add = (): void => {
    const paths = found.paths.filter((_p, i) => chosen.includes(i));
    const part = { nodes: paths.flatMap((p) => p.nodes), links: paths.flatMap((p) => p.steps.flatMap((s) => s.links)) };
    void bench
      .run((s, signal) => addPart(s, part, `path:${found.from}|${found.to}`, signal))
      .then(() => bench.dispatch({ do: 'select', nodes: part.nodes.map((n) => n.id) }));
    close();
  };
  return (
    <>
      <ul className="link-list">
        {found.paths.map((path, i) => (
          <li key={path.nodes.map((n) => n.id).join(' ')}>
            <Checkbox
              checked={chosen.includes(i)}
              onChange={(event) => setChosen(event.target.checked ? [...chosen, i] : chosen.filter((c) => c !== i))}
            >
              {path.nodes.map((node, j) => (
                <span key={node.id}>
                  {j === 0 ? '' : ` —${_step(path.steps[j - 1]!, linkName)}→ `}
                  <strong>{node.label}</strong>
                </span>
              ))}
            </Checkbox>
          </li>
        ))}
      </ul>
      <Alert type="info" title={t('pathsFound', { n: found.paths.length })} />
      <Button type="primary" disabled={chosen.length === 0} onClick={add}>
        {t('addPaths', { n: chosen.length })}
      </Button>
    </>
  );
}

/** `接收单位×3 2026-03-01`: the first link's kind, how many there are, and the date of a timed step. */
function _step(
  { links, at }: GraphPaths['paths'][number]['steps'][number],
  linkName: (kind: string) => string,
): string {
  return `${linkName(links[0]!.kind)}${links.length > 1 ? `×${links.length}` : ''}${at === null ? '' : ` ${day(at)}`}`;
}
