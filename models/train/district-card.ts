import { chinaDate } from '../../ingest/base/index.ts';
import type { CardFigure, ModelCard } from '../registry/index.ts';
import type { Baseline } from './baselines.ts';
import { figure } from './figures.ts';
import {
  distinctFigures,
  type HoldOut,
  randomCheckFigures,
  rankingFigures,
  rivals,
  unknownFigures,
  weekLines,
} from './judge-weekly.ts';
import { cardBase, reliabilityLines } from './model-parts.ts';
import { randomSplitFigure } from './random-split.ts';
import { type Rolling, rollingMargins } from './rolling.ts';
import type { SearchResult } from './search.ts';
import { sliceLines } from './slices.ts';

const LIMITS: ModelCard['limits'] = [
  {
    zh: '未被检查的主体按“未发现”计，不等于守法；命中率因此偏低，是下界。',
    en: 'Subjects nobody checked count as not found, which is not clean; precision is therefore a lower bound.',
  },
  {
    zh: '历史检查并非随机抽取，模型学到的是“会被发现”的可能性；双随机行与探索名额用于纠偏。',
    en: 'Past checks were not drawn at random: the model learns what gets found; random checks and the exploration quota correct for it.',
  },
  {
    zh: '线索不作为处罚或定罪依据，由具名人员判断。',
    en: 'A lead is no ground for a penalty; a named person decides.',
  },
];

/** The card of a district model, from its hold-out. */
export function districtCard(
  run: Rolling,
  of: {
    readonly holdOut: HoldOut;
    readonly baselines: readonly Baseline[];
    readonly found: SearchResult;
    readonly ablate: readonly string[];
  },
): ModelCard {
  const { holdOut, baselines, found } = of;
  const { task, examples } = run;
  const compared = rivals(holdOut, baselines);
  const ranking = rankingFigures(holdOut);
  const base = ranking.find((f) => f.id === 'base-rate')!.value!;
  const lift = figure(
    'lift',
    { zh: '相对随机的提升倍数', en: 'lift over a random list' },
    { value: compared.headline.value! / base, unit: 'score' },
  );
  const weeks = weekLines(holdOut);
  const first = run.periods[0]!;
  return {
    ...cardBase(examples, run.features, task),
    form: 'district',
    protocol: _protocol(run, weeks.at(-1)?.asOf ?? ''),
    champion: found.best.id,
    search: found.tried,
    headline: [compared.headline, lift, ...ranking],
    rivals: compared.rivals,
    ablation: _ablation(run, { holdOut, found, ablate: of.ablate }),
    weeks,
    reliability: reliabilityLines(
      Float64Array.from(run.rows, (i) => examples.label[i]!),
      holdOut.probabilities,
    ),
    slices: sliceLines({
      examples,
      rows: run.rows,
      probabilities: holdOut.probabilities,
      budget: task.capacity * weeks.length,
    }),
    beside: [
      ..._periodFigures(run, holdOut),
      ...distinctFigures(holdOut),
      ...randomCheckFigures(holdOut),
      ..._unknown(holdOut, baselines),
      randomSplitFigure({
        examples,
        train: first.train,
        origin: first.origin,
        features: run.features,
        setting: found.best,
        seed: run.seed,
      }),
    ],
    notes: [...examples.notes, found.note],
    limits: LIMITS,
  };
}

function _protocol(run: Rolling, last: string): ModelCard['protocol'] {
  const origins = run.periods.map((p) => chinaDate(p.origin));
  const { folds, horizonDays } = run.task;
  return {
    zh: `分${origins.length}期滚动训练（${origins.join('、')}），每期只用当日已知的结果；至${last}每周一份名单为留出集，每个主体由未见过其关系网络分量的模型打分（${folds}折）。标签：as-of后${horizonDays}天内被查实。`,
    en: `Trained anew ${origins.length} times (${origins.join(', ')}), each time on what was known that day; judged on one list a week up to ${last}, each subject scored by a model that never saw its network component (${folds} folds). Label: confirmed within ${horizonDays} days of the as-of date.`,
  };
}

/** One line a period, so that one lucky season is seen. */
function _periodFigures(run: Rolling, holdOut: HoldOut): CardFigure[] {
  let at = 0;
  return run.periods.map((period, k) => {
    const part = { from: at, to: (at += period.test.length) };
    const cut = (values: Float64Array): Float64Array => values.subarray(part.from, part.to);
    const own: HoldOut = {
      ...holdOut,
      rows: period.test,
      margins: cut(holdOut.margins),
      probabilities: cut(holdOut.probabilities),
    };
    const label = {
      zh: `第${k + 1}期每周命中率（自${chinaDate(period.origin)}）`,
      en: `weekly precision of period ${k + 1} (from ${chinaDate(period.origin)})`,
    };
    return { ...rivals(own, []).headline, id: `period-${k + 1}`, label };
  });
}

function _unknown(holdOut: HoldOut, baselines: readonly Baseline[]): CardFigure[] {
  const unknown = unknownFigures(holdOut, baselines);
  return [
    ...unknown.figures,
    ...unknown.rivals.map((r) => ({
      ...r.difference,
      id: `unknown-${r.id}`,
      label: { zh: `同上，模型减${r.label.zh}`, en: `the same, champion minus ${r.label.en}` },
    })),
  ];
}

function _ablation(
  run: Rolling,
  of: { holdOut: HoldOut; found: SearchResult; ablate: readonly string[] },
): ModelCard['ablation'] {
  return of.ablate
    .filter((family) => run.features.some((f) => f.family === family))
    .map((family) => {
      // Neighbours and place in the network are one question: does the graph help?
      const out = family === 'network' ? ['network', 'centrality'] : [family];
      const features = run.features.filter((f) => !out.includes(f.family));
      const margins = rollingMargins(run, of.found.best, features);
      const scores = new Float64Array(run.examples.rows);
      run.rows.forEach((row, i) => (scores[row] = margins[i]!));
      const label = { zh: `${family}类特征带来的每周命中率`, en: `weekly precision gained by the ${family} features` };
      const [rival] = rivals(of.holdOut, [{ id: family, label, scores }]).rivals;
      return {
        ...rival!.difference,
        id: `without-${family}`,
        label,
        verdict: rival!.beaten
          ? { zh: '有增益', en: 'adds something' }
          : { zh: '未见可与偶然区分的增益', en: 'adds nothing that can be told from chance' },
      };
    });
}
