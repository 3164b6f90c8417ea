import type { FormTask } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { figureActWords } from '../words/act.vi.ts';

/** FG21: what was done to a value last, by whom and why: a unit sends another, or asks there. */
export function LastAct({ said, id }: { said: Pick<NonNullable<FormTask['own']>, 'act'>; id?: string }) {
  const { t, moment } = useText(figureActWords);
  const { act } = said;
  if (!act) return null;
  return (
    <small className="soft num figure-last-act" id={id}>
      {[t.done[act.act], act.by, moment(act.at), act.reason].filter(Boolean).join(' · ')}
    </small>
  );
}
