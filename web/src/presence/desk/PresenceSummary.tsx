import { useMemo } from 'react';
import { useText } from '../../i18n/useText.tsx';
import type { RosterView } from '../../organisation/rosterView.ts';
import { useChannel, useTools } from '../../session/BriefingContext.tsx';
import { presenceDeskWords } from '../words/desk.vi.ts';
import './presence.css';

/** `Đang kết nối 9.871 / 10.056`, with when it is from. */
export function PresenceCountLine() {
  const { t, number, time } = useText(presenceDeskWords);
  const { session } = useTools();
  const { presence, presenceAt, link } = useChannel();
  const total = presence.get(session.account.unit.code);
  if (!total || !presenceAt) return <p className="soft">{t.noPresence}</p>;
  const stale = link !== 'online';
  return (
    <div className="presence-total">
      <p>
        <span className="label">{t.present}</span>{' '}
        <strong className="num">{t.presentOf(number(total.here), number(total.expected))}</strong>
      </p>
      <p className={stale ? 'stale' : 'soft'}>
        {stale ? t.stale(time(presenceAt)) : t.asOf(time(presenceAt))}
        {total.weak > 0 && <> · {t.weak(number(total.weak))}</>}
      </p>
    </div>
  );
}

/** The units below the territory, those that miss most first. */
export function PresenceByUnit({ roster }: { roster: RosterView | undefined }) {
  const { t, number } = useText(presenceDeskWords);
  const { session } = useTools();
  const { presence } = useChannel();
  const own = session.account.unit.code;
  const counts = useMemo(
    () =>
      [...presence.values()]
        .filter(({ unit }) => unit !== own)
        .sort((a, b) => b.expected - b.here - (a.expected - a.here) || a.unit.localeCompare(b.unit)),
    [presence, own],
  );
  if (counts.length === 0) return <p className="soft empty">{t.noPresenceBody}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard
    <ul className="by-unit" aria-label={t.byUnit} tabIndex={0}>
      {counts.map(({ unit, here, expected }) => (
        <li key={unit}>
          <span className="clip">{roster?.byCode.get(unit)?.name ?? unit}</span>
          <span className="bar" aria-hidden>
            <span style={{ transform: `scaleX(${expected > 0 ? here / expected : 0})` }} />
          </span>
          <span className="num">
            {number(here)}/{number(expected)}
          </span>
          <span className={`num missing ${here < expected ? '' : 'soft'}`}>
            {here < expected ? t.missing(number(expected - here)) : t.allHere}
          </span>
        </li>
      ))}
    </ul>
  );
}
