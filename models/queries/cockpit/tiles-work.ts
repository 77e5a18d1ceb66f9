import { type Tile, tileSql } from './tile.ts';

const YEAR = `> $asOf::timestamp - interval 365 day`;
const INSPECTION = {
  id: 'i.inspection_no',
  zh: `coalesce(i.name, i.address, i.plate, i.ship_name, i.inspection_no)`,
  note: 'i.result',
  at: 'i.in_at',
  row_id: 'i.row_id',
};
const CASE = {
  id: 'c.case_no',
  zh: 'c.cause',
  note: `c.kind || ' · ' || c.state`,
  at: 'c.happened_at',
  row_id: 'c.row_id',
};

/** The way from a patrol to a closed case over the last year, from what the departments sent. */
export const FUNNEL_TILES: readonly Tile[] = [
  {
    id: 'funnel-checks',
    group: 'funnel',
    title: { zh: '检查', en: 'Checks' },
    note: { zh: '近365日入场检查', en: 'visits, 365 days' },
    needs: ['src_eco_inspection'],
    shown: 0,
    sql: tileSql(INSPECTION, `from src_eco_inspection i where i.in_at ${YEAR}`),
    order: '"at" desc, id',
  },
  {
    id: 'funnel-found',
    group: 'funnel',
    title: { zh: '发现问题', en: 'Something found' },
    note: { zh: '责令改正或立案查处', en: 'ordered to correct, or a case opened' },
    needs: ['src_eco_inspection'],
    shown: 0,
    sql: tileSql(
      INSPECTION,
      `from src_eco_inspection i where i.in_at ${YEAR} and i.result in ('责令改正', '立案查处')`,
    ),
    order: '"at" desc, id',
  },
  {
    id: 'funnel-penalties',
    group: 'funnel',
    title: { zh: '行政处罚', en: 'Penalties' },
    note: { zh: '近365日决定', en: 'decided, 365 days' },
    needs: ['src_adm_penalty'],
    shown: 0,
    sql: tileSql(
      {
        id: 'p.doc_no',
        zh: `p.act`,
        note: 'p.unit',
        at: 'p.decided::timestamp',
        value: 'p.fine_wan',
        unit: `'万元'`,
        row_id: 'p.row_id',
      },
      `from src_adm_penalty p where p.decided::timestamp ${YEAR}`,
    ),
    order: '"at" desc, id',
  },
  {
    id: 'funnel-police',
    group: 'funnel',
    title: { zh: '公安受案', en: 'Police accepted' },
    note: { zh: '近365日受案（警情、行政、刑事）', en: 'calls and cases accepted, 365 days' },
    needs: ['src_pol_case'],
    shown: 0,
    sql: tileSql(CASE, `from src_pol_case c where c.accepted::timestamp ${YEAR}`),
    order: '"at" desc, id',
  },
  {
    id: 'funnel-filed',
    group: 'funnel',
    title: { zh: '立案', en: 'Filed' },
    note: { zh: '近365日立案', en: 'filed, 365 days' },
    needs: ['src_pol_case'],
    shown: 0,
    sql: tileSql(CASE, `from src_pol_case c where c.filed::timestamp ${YEAR}`),
    order: '"at" desc, id',
  },
  {
    id: 'funnel-sent',
    group: 'funnel',
    title: { zh: '移送起诉', en: 'Sent to the prosecutor' },
    note: { zh: '近365日', en: '365 days' },
    needs: ['src_pol_case'],
    shown: 0,
    sql: tileSql(CASE, `from src_pol_case c where c.sent_up::timestamp ${YEAR}`),
    order: '"at" desc, id',
  },
  {
    id: 'funnel-closed',
    group: 'funnel',
    title: { zh: '结案', en: 'Closed' },
    note: { zh: '近365日结案', en: 'closed, 365 days' },
    needs: ['src_pol_case'],
    shown: 0,
    sql: tileSql(CASE, `from src_pol_case c where c.closed::timestamp ${YEAR}`),
    order: '"at" desc, id',
  },
];
