import { type Network, network } from '../../../contract/index.ts';
import type { Investigation } from '../../../state/index.ts';
import { ask } from '../../client/api.ts';

/** A small network that joins the nodes; what the filters hide is not passed through. */
export function connectQuestion(
  ids: readonly string[],
  { filter }: Investigation,
  signal: AbortSignal,
): Promise<Network> {
  const body = {
    ids,
    withoutNodeKinds: filter.hiddenNodeKinds,
    withoutLinkKinds: filter.hiddenLinkKinds,
    withoutNodes: filter.hiddenNodes.filter((id) => !ids.includes(id)),
  };
  return ask('/api/graph/connect', network, { method: 'POST', body, signal });
}
