import { CircleAlert, CircleCheck, LoaderCircle } from 'lucide-react';
import type { OutboxEntry } from '../../api/outbox/outboxEntry.ts';
import { useText } from '../../i18n/useText.tsx';
import { useOutbox } from '../../session/OutboxContext.tsx';
import { problemWords } from '../../session/words/problem.vi.ts';
import { saveJson } from '../../ui/saveFile.ts';
import { formWords } from '../words/form.vi.ts';

/** What became of what was sent here: on its way, recorded with its receipt, or refused with the reason. */
export function SentFigures({ letters }: { letters: readonly OutboxEntry<'figure.enter'>[] }) {
  const { t, number, moment } = useText(formWords);
  const { t: problems } = useText(problemWords);
  const outbox = useOutbox();
  return letters.map((letter) => {
    const { key, status, payload } = letter;
    const count = number(payload.ask.values.length);
    const read = (
      <button type="button" className="button quiet small" onClick={() => void outbox.dismiss(key)}>
        {t.read}
      </button>
    );
    if (status === 'unsent')
      return (
        <p key={key} className="note" role="status">
          <LoaderCircle size={20} aria-hidden /> {t.sending(count)}
        </p>
      );
    if (status === 'refused')
      return (
        <div key={key} className="note bad" role="alert">
          <CircleAlert size={20} aria-hidden />
          <div className="grow">
            <strong>{t.refused}</strong>
            <p>{letter.reason === 'network' ? problems.network : problems.reason[letter.reason]}</p>
            {read}
          </div>
        </div>
      );
    const { values, at, receipt } = letter.answer;
    const held = values.filter((value) => value.held).length;
    return (
      <div key={key} className="note good" role="status">
        <CircleCheck size={20} aria-hidden />
        <div className="grow">
          <strong className="num">{t.recorded(count, moment(at))}</strong>
          {held > 0 && <p>{t.heldOnes(number(held))}</p>}
          <div className="row">
            <button
              type="button"
              className="button small"
              onClick={() => saveJson(`bien-nhan-so-lieu-${key.slice(0, 8)}.json`, receipt)}
            >
              {t.receipt}
            </button>
            {read}
          </div>
        </div>
      </div>
    );
  });
}
