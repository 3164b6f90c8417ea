import type { Briefing, Minutes } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { minutesWords } from '../words/minutes.vi.ts';
import { useTakenPaper } from './useTakenPaper.ts';

/** TR17: the sessions that units of the territory held for themselves, each with its minutes. */
export function Sessions({ briefing, minutes }: { readonly briefing: Briefing; readonly minutes: Minutes }) {
  const { t, number, hour } = useText(minutesWords);
  const { isBusy, take } = useTakenPaper(briefing, minutes);
  const { sessions } = minutes;
  if (sessions.length === 0) return null;
  return (
    <section aria-label={t.sessions}>
      <h3>
        {t.sessions} <span className="count num">{number(sessions.length)}</span>
      </h3>
      <ul className="happened-sessions">
        {sessions.map(({ unit, name, times, speeches }) => (
          <li key={unit}>
            <div className="grow">
              <strong>{name}</strong>
              <span className="soft num">
                {times.map(({ from, to }) => t.sessionTime(hour(from), hour(to))).join('; ')} ·{' '}
                {t.sessionSpeeches(number(speeches))}
              </span>
            </div>
            {(['docx', 'pdf'] as const).map((format) => (
              <button
                key={format}
                type="button"
                className="button small"
                aria-label={t.takeSession(name, t.formats[format])}
                disabled={minutes.state !== 'ready' || isBusy}
                onClick={() => void take(format, unit)}
              >
                {t.formats[format]}
              </button>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
