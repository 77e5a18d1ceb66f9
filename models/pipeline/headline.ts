import type { CardFigure, LeadModel } from '../registry/index.ts';

/** What a run says about a model it made. */
export interface ModelFigures {
  readonly modelId: string;
  readonly variant: string | null;
  readonly servable: boolean;
  readonly champion: string;
  readonly headline: readonly string[];
  /** Each rival with the paired difference and whether it is beaten. */
  readonly rivals: readonly string[];
  readonly figures: readonly CardFigure[];
}

export function figuresOf(model: LeadModel, language: 'zh' | 'en'): ModelFigures {
  return {
    modelId: model.model_id,
    variant: model.variant,
    servable: model.servable,
    champion: model.card.champion,
    headline: headlineTexts(model, language),
    rivals: model.card.rivals.map((r) => {
      const verdict =
        language === 'zh' ? (r.beaten ? '优于' : '不能断言优于') : r.beaten ? 'beaten' : 'not shown to be beaten';
      return `${r.label[language]}: ${figureText(r.figure)}; ${language === 'zh' ? '差' : 'difference'} ${figureText(r.difference)} (${verdict})`;
    }),
    figures: model.card.headline,
  };
}

/** Headline figures of a model in words. */
export function headlineTexts(model: LeadModel, language: 'zh' | 'en'): string[] {
  return model.card.headline.map((f) => `${f.label[language]}: ${figureText(f)}`);
}

/** A figure with its interval, e.g. `41.2% [33.0%, 50.1%]`; a dash where it could not be told. */
export function figureText(figure: CardFigure): string {
  const show = (x: number | null): string => {
    if (x === null) return '—';
    return figure.unit === 'share'
      ? `${(x * 100).toFixed(1)}%`
      : figure.unit === 'count'
        ? String(Math.round(x * 100) / 100)
        : x.toFixed(figure.unit === 'days' ? 2 : 3);
  };
  return figure.low === null || figure.high === null
    ? show(figure.value)
    : `${show(figure.value)} [${show(figure.low)}, ${show(figure.high)}]`;
}
