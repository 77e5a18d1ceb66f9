/** How a scheme came to light, as `outcome.channel`: one vocabulary for checks, penalties and cases. */
export const CHANNELS = ['complaint', 'campaign', 'police', 'monitor', 'random', 'neighbour', 'lead', 'other'] as const;
export type Channel = (typeof CHANNELS)[number];

const SENT: Readonly<Record<string, Channel>> = Object.freeze({
  投诉举报: 'complaint',
  专项行动: 'campaign',
  公安线索: 'police',
  在线报警: 'monitor',
  随机抽查: 'random',
  邻区移送: 'neighbour',
  其他: 'other',
  双随机: 'random',
  专项: 'campaign',
  投诉核查: 'complaint',
  线索核查: 'lead',
});

/** DuckDB text that turns a department's word for the channel into ours; an unknown word is null. */
export function channelOf(column: string): string {
  const cases = Object.entries(SENT).map(([sent, ours]) => `when '${sent}' then '${ours}'`);
  return `case ${column} ${cases.join(' ')} end`;
}
