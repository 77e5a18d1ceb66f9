import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { graphKinds } from '../../../../contract/index.ts';
import { ask } from '../../../client/api.ts';
import { useKindNames } from '../kind-names.ts';

export interface KindSelectProps {
  readonly id?: string;
  readonly of: 'nodes' | 'links';
  readonly value: readonly string[];
  readonly onChange: (kinds: string[]) => void;
  /** Needed where no label points at `id`. */
  readonly label?: string;
}

/** Several kinds of entities or links, of those that occur. */
export function KindSelect({ id, of, value, onChange, label }: KindSelectProps) {
  const { kindName, linkName } = useKindNames();
  const kinds = useQuery({
    queryKey: ['kinds'],
    staleTime: Infinity,
    queryFn: ({ signal }) => ask('/api/graph/kinds', graphKinds, { signal }),
  });
  const nameOf = of === 'nodes' ? kindName : linkName;
  return (
    <Select<string[]>
      {...(id === undefined ? {} : { id })}
      {...(label === undefined ? {} : { 'aria-label': label, placeholder: label })}
      mode="multiple"
      allowClear
      size="small"
      style={{ width: '100%' }}
      showSearch={{ optionFilterProp: 'label' }}
      value={[...value]}
      onChange={onChange}
      options={(kinds.data?.[of] ?? []).map(({ kind, count }) => ({
        value: kind,
        label: `${nameOf(kind)} (${count})`,
      }))}
    />
  );
}
