/** A drawing as plain data, in pixels from the top left; one source for SVG (HTML, Word) and PNG (Word's fallback). */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** What it shows, for screen readers. */
  readonly title: string;
  readonly shapes: readonly Shape[];
}

export type Shape =
  | {
      readonly kind: 'line';
      readonly points: readonly (readonly [number, number])[];
      readonly colour: string;
      readonly width: number;
      readonly dashed?: boolean;
    }
  | {
      readonly kind: 'area';
      readonly points: readonly (readonly [number, number])[];
      readonly fill: string;
      readonly opacity: number;
    }
  | {
      readonly kind: 'dot';
      readonly x: number;
      readonly y: number;
      readonly radius: number;
      readonly fill: string;
      readonly stroke?: string;
    }
  | {
      readonly kind: 'box';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly fill: string;
    }
  | {
      readonly kind: 'text';
      readonly x: number;
      readonly y: number;
      readonly text: string;
      /** ASCII stand-in where no Han font can be counted on (PNG); absent = not drawn there unless `text` is ASCII. */
      readonly tag?: string;
      readonly size: number;
      readonly colour: string;
      readonly anchor?: 'start' | 'middle' | 'end';
    };

/** Colours that stay apart for the colour-blind. @source M. Okabe, K. Ito, Color Universal Design (2008) */
export const COLOURS = Object.freeze({
  company: '#0072B2',
  site: '#009E73',
  vehicle: '#E69F00',
  ship: '#56B4E9',
  person: '#CC79A7',
  other: '#7F7F7F',
  subject: '#D55E00',
  ink: '#222222',
  pale: '#C9CED6',
  water: '#CFE3F2',
  land: '#F4F1E8',
});

/** Colour of an entity kind. */
export function colourOf(kind: string): string {
  return (COLOURS as Readonly<Record<string, string>>)[kind] ?? COLOURS.other;
}
