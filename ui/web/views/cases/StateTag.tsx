import { Tag } from 'antd';
import { type CaseState, STATE_TEXTS } from '../../../contract/index.ts';
import { useWords } from '../../controls/words.ts';

/** The state of a case in words; what is still owed is blue. */
export function StateTag({ state }: { readonly state: CaseState }) {
  const { say } = useWords();
  const text = STATE_TEXTS.find((s) => s.id === state)!;
  return <Tag color={text.open ? 'blue' : state === 'transferred' ? 'error' : 'default'}>{say(text)}</Tag>;
}
