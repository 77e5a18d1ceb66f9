import { App, Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { addPart } from '../commands.ts';
import { connectQuestion } from '../connect.ts';
import type { Workbench } from '../use-workbench.ts';

/** Most entities that a network is looked for between. */
const MOST_TO_CONNECT = 12;

/** What can be done with several: join them by a network, group, pin, hide, remove. */
export function SelectionActions({ bench }: { readonly bench: Workbench }) {
  const { t } = useTranslation('explore');
  const { modal, message } = App.useApp();
  const { selected, nodes } = bench.state;
  const hidden = [...new Set([...bench.state.filter.hiddenNodes, ...selected])].sort();
  const group = (): void => {
    let label = t('group');
    modal.confirm({
      title: t('groupName'),
      content: <Input defaultValue={label} aria-label={t('groupName')} onChange={(e) => (label = e.target.value)} />,
      onOk: () => {
        const id = `group:${bench.state.groups.reduce((most, g) => Math.max(most, Number(g.id.slice(6)) || 0), 0) + 1}`;
        bench.dispatch({
          do: 'group',
          group: { id, label: label.trim() || t('group'), members: selected, folded: true },
        });
      },
    });
  };
  const connect = (): void =>
    void bench.run(async (state, signal) => {
      const network = await connectQuestion(selected, state, signal);
      const groups = network.groups.map((g) => g.map((id) => nodes[id]?.label ?? id).join('、')).join(' | ');
      if (network.groups.length > 1) void message.warning(t('notConnected', { n: network.groups.length, groups }));
      return addPart(state, network, `connect:${selected.join('|')}`, signal);
    });
  return (
    <div className="row-wrap">
      <Button size="small" disabled={selected.length > MOST_TO_CONNECT} title={t('connectHint')} onClick={connect}>
        {t('connect')}
      </Button>
      <Button size="small" onClick={group}>
        {t('groupThem')}
      </Button>
      <Button size="small" onClick={() => bench.dispatch({ do: 'pin', nodes: selected, pinned: true })}>
        {t('pin')}
      </Button>
      <Button size="small" onClick={() => bench.dispatch({ do: 'filter', change: { hiddenNodes: hidden } })}>
        {t('hide')}
      </Button>
      <Button size="small" danger onClick={() => bench.dispatch({ do: 'remove', nodes: selected })}>
        {t('remove')}
      </Button>
    </div>
  );
}
