import { NODE_MEASURES } from '../../../../graph/catalogue/index.ts';
import { useWords } from '../../controls/words.ts';

/** The name of a measure in the language shown. */
export function useMeasureNames(): (measure: string) => string {
  const { say } = useWords();
  return (id) => {
    const measure = NODE_MEASURES.find((m) => m.id === id);
    return measure === undefined ? id : say(measure.label);
  };
}
