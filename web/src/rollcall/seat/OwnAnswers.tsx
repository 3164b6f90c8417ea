import { CircleCheck, CircleDashed, CircleX, Download, Hourglass, LoaderCircle } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useText } from '../../i18n/useText.tsx';
import type { BriefingTools } from '../../session/BriefingContext.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { RoundRecords } from '../RoundRecords.tsx';
import { rollcallWords } from '../words/rollcall.vi.ts';
import { AnswerSheet } from './AnswerSheet.tsx';
import { saveReceipt, useEntryWords } from './OutcomeSheet.tsx';
import { mayStillSay, type OwnRound } from './ownRound.ts';
import { RefusedAnswers } from './RefusedAnswers.tsx';
import { useOwnRounds } from './useOwnRounds.ts';
import './ownAnswers.css';

const icons = {
  asked: CircleDashed,
  unsent: LoaderCircle,
  unconfirmed: Hourglass,
  recorded: CircleCheck,
  missed: CircleX,
} as const;

interface OwnAnswersProps {
  readonly channel: BriefingTools['channel'];
  readonly unit: string;
  /** The stage once more, for the two digits that it shows. */
  readonly stage: ReactNode;
}

/**
 * What this unit was asked in the briefing and what it answered, newest first, each with its receipt; what may still be
 * said or corrected; and what is on record of it.
 */
export default function OwnAnswers({ channel, unit, stage }: OwnAnswersProps) {
  const { t } = useText(rollcallWords);
  const rounds = useOwnRounds(channel);
  if (rounds.length === 0) return null;
  return (
    <section className="own-answers" aria-label={t.own}>
      <h2>{t.own}</h2>
      <RefusedAnswers rounds={rounds} />
      <ul>
        {rounds.toReversed().map((own) => (
          <OwnAnswer key={own.round.id} own={own} channel={channel} unit={unit} stage={stage} />
        ))}
      </ul>
    </section>
  );
}

function OwnAnswer({ own, channel, unit, stage }: { own: OwnRound } & OwnAnswersProps) {
  const { t, time } = useText(rollcallWords);
  const words = useEntryWords();
  const { session } = useOffice();
  const [saying, setSaying] = useState(false);
  const { round, standing, letter } = own;
  const more = mayStillSay(own, session.account.id);
  const corrects = more === 'answer' ? undefined : more?.corrects;
  const entry = standing.kind === 'recorded' || standing.kind === 'unconfirmed' ? standing.entry : undefined;
  const Icon = icons[standing.kind];
  return (
    <li className={`own-answer ${standing.kind}`}>
      <Icon size={22} aria-hidden />
      <div className="grow">
        <strong>{titleOf()}</strong>
        <p className="soft">{t.ownRound(round.nr, round.question)}</p>
        {standing.kind === 'recorded' && <p className="soft">{words(standing.entry, round)}</p>}
        {more && (
          <button type="button" className="button small" onClick={() => setSaying(true)}>
            {more === 'answer' ? t.answerSelf : t.correct}
          </button>
        )}
        <RoundRecords round={round.id} unit={session.account.unit.code} entry={entry} asked={round.number} />
        {saying && more && (
          <AnswerSheet
            own={own}
            channel={channel}
            unit={unit}
            stage={stage}
            onEnter={undefined}
            onAnswered={() => setSaying(false)}
            again={{ corrects, onClose: () => setSaying(false) }}
          />
        )}
      </div>
      {letter?.status === 'recorded' && (
        <button
          type="button"
          className="button quiet icon"
          aria-label={t.downloadOf(round.nr)}
          title={t.download}
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
        return t.asked;
      case 'unsent':
        return t.unsent;
      case 'missed':
        return t.missed;
      case 'unconfirmed':
        return t.unconfirmed(time(standing.entry.own?.at ?? standing.entry.at ?? ''));
      case 'recorded':
        return standing.entry.at ? t.recorded(time(standing.entry.at)) : t.answered;
    }
  }
}
