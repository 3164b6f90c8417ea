import { CircleAlert, CircleCheck, CircleDashed, CircleX, Download, Hourglass, LoaderCircle } from 'lucide-react';
import { useText } from '../../i18n/useText.tsx';
import type { BriefingTools } from '../../session/BriefingContext.tsx';
import { useEntries, useOutbox } from '../../session/OutboxContext.tsx';
import { saveReceipt, useEntryWords } from './OutcomeSheet.tsx';
import type { OwnRound } from './standing.ts';
import { useOwnRounds } from './useOwnRounds.ts';
import './rollcall.css';

const icons = {
  asked: CircleDashed,
  unsent: LoaderCircle,
  unconfirmed: Hourglass,
  recorded: CircleCheck,
  missed: CircleX,
} as const;

/** What this unit was asked in the briefing and what it answered, newest first, each with its receipt. */
export function OwnAnswers({ channel }: { channel: BriefingTools['channel'] }) {
  const { t } = useText();
  const rounds = useOwnRounds(channel);
  if (rounds.length === 0) return null;
  return (
    <section className="own-answers" aria-label={t.rollcall.own}>
      <h2>{t.rollcall.own}</h2>
      <RefusedAnswers rounds={rounds} />
      <ul>
        {rounds.toReversed().map((own) => (
          <OwnAnswer key={own.round.id} own={own} />
        ))}
      </ul>
    </section>
  );
}

function OwnAnswer({ own }: { own: OwnRound }) {
  const { t, time } = useText();
  const words = useEntryWords();
  const { round, standing, letter } = own;
  const Icon = icons[standing.kind];
  return (
    <li className={`own-answer ${standing.kind}`}>
      <Icon size={22} aria-hidden />
      <div className="grow">
        <strong>{titleOf()}</strong>
        <p className="soft">{t.rollcall.ownRound(round.nr, round.question)}</p>
        {standing.kind === 'recorded' && <p className="soft">{words(standing.entry)}</p>}
      </div>
      {letter?.status === 'recorded' && (
        <button
          type="button"
          className="button quiet icon"
          aria-label={t.rollcall.downloadOf(round.nr)}
          title={t.rollcall.download}
          onClick={() => saveReceipt(own)}
        >
          <Download size={20} aria-hidden />
        </button>
      )}
    </li>
  );

  function titleOf(): string {
    switch (standing.kind) {
      case 'asked':
        return t.rollcall.asked;
      case 'unsent':
        return t.rollcall.unsent;
      case 'missed':
        return t.rollcall.missed;
      case 'unconfirmed':
        return t.rollcall.unconfirmed(time(standing.entry.at ?? ''));
      case 'recorded':
        return standing.entry.at ? t.rollcall.recorded(time(standing.entry.at)) : t.rollcall.answered;
    }
  }
}

/** An answer that the server would not record is said, with the reason, until somebody has read it. Wrong digits are said where they are typed. */
function RefusedAnswers({ rounds }: { rounds: readonly OwnRound[] }) {
  const { t, time } = useText();
  const outbox = useOutbox();
  const owing = new Set(rounds.filter(({ standing }) => standing.kind === 'asked').map(({ round }) => round.id));
  const refused = useEntries('round.answer').filter(
    (entry) => entry.status === 'refused' && !(entry.reason === 'wrong-proof' || owing.has(entry.payload.ask.round)),
  );
  return refused.map(
    (entry) =>
      entry.status === 'refused' && (
        <div key={entry.key} className="note bad" role="alert">
          <CircleAlert size={22} aria-hidden />
          <p>
            <strong>
              {t.rollcall.refusedTitle} ({time(entry.writtenAt)})
            </strong>
            {entry.reason === 'network' ? t.network : t.reason[entry.reason]}
            <button type="button" className="button small" onClick={() => void outbox.dismiss(entry.key)}>
              {t.rollcall.refusedRead}
            </button>
          </p>
        </div>
      ),
  );
}
