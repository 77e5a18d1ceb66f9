/** Colours of kinds, the same in both themes: firms blue, places green, what moves orange, people violet, papers grey, decisions red. */
const _KINDS: Readonly<Record<string, string>> = {
  company: '#0f6fb8',
  site: '#178a64',
  zone: '#4d9a3c',
  project: '#6a8f1f',
  area: '#7d9a55',
  section: '#1591a5',
  outlet: '#2a9aa8',
  gate: '#5f7f95',
  vehicle: '#d07a00',
  ship: '#b8631b',
  person: '#7c5cc9',
  phone: '#9a7bd6',
  address: '#7b8c6e',
  device: '#3f8a9e',
  permit: '#6b7a90',
  manifest: '#87909c',
  ticket: '#a0739f',
  inspection: '#8a7a4a',
  penalty: '#c23b2c',
  case: '#a32424',
  event: '#b05f86',
  thing: '#8b8b83',
  group: '#4a5a70',
};

export function kindColor(kind: string): string {
  return _KINDS[kind] ?? '#7a7f8c';
}

/** Colours of links that stand out; the others are grey. */
const _LINKS: Readonly<Record<string, readonly [string, string]>> = {
  penalised: ['#cf5a4b', '#d9695a'],
  possibly_same: ['#8b6bd9', '#a98ff0'],
  same_as: ['#8b6bd9', '#a98ff0'],
  stopped_at: ['#cf8a2a', '#d99a42'],
  carrier_of: ['#5f92bd', '#5b8db8'],
  discharges_to: ['#2a9aa8', '#3fb3c1'],
};

/** @param kind  null = links of several kinds */
export function edgeColor(kind: string | null, dark: boolean): string {
  const own = kind === null ? undefined : _LINKS[kind];
  if (own !== undefined) return own[dark ? 1 : 0];
  return dark ? '#4c5d70' : '#b3bdc9';
}
