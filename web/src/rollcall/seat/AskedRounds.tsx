import { useCallback } from 'react';
import { isRehearsal } from '../../api/contract.ts';
import { scheduleSignWords } from '../../briefing/words/schedule.vi.ts';
import { useText } from '../../i18n/useText.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { More } from '../../ui/More.tsx';
import { usePages } from '../../ui/usePages.ts';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { answersApi } from '../answersApi.ts';
import { Records, Refused } from '../RoundRecords.tsx';
import { rollcallWords } from '../words/rollcall.vi.ts';
import { useEntryWords } from './OutcomeSheet.tsx';

type Answers = Awaited<ReturnType<typeof answersApi.own>>;
type Line =
  | { readonly kind: 'asked'; readonly answer: Answers['answers'][number] }
  | { readonly kind: 'refused'; readonly refused: Answers['refused'] };

/** All rounds that the unit was ever asked, newest first, with what is on record of each. */
export default function AskedRounds() {
  const { t } = useText(rollcallWords);
  const { t: ui } = useText(uiWords);
  const { t: problems } = useText(problemWords);
  const { api } = useOffice();
  const load = useCallback(
    async (before: string | undefined) => {
      const { answers, refused, next } = await answersApi.own(api, before);
      const asked = answers.map((answer): Line => ({ kind: 'asked', answer }));
      const items: Line[] = refused.length > 0 ? [{ kind: 'refused', refused }, ...asked] : asked;
      return { items, total: items.length, next };
    },
    [api],
  );
  const pages = usePages(load);
  const { items, phase, error } = pages;
  return (
    <>
      {phase === 'failed' && <p className="note bad">{sentence(error, problems)}</p>}
      {phase === 'loading' && <p className="soft">{ui.loading}</p>}
      {phase === 'ready' && items.length === 0 && <p className="soft">{t.bookNone}</p>}
      {items.map((line) =>
        line.kind === 'refused' ? (
          <Refused key="refused" refused={line.refused} />
        ) : (
          <Asked key={line.answer.round.id} answer={line.answer} />
        ),
      )}
      <More of={pages} />
    </>
  );
}

function Asked({ answer: { briefing, round, entry, records } }: { answer: Answers['answers'][number] }) {
  const { t, day } = useText(rollcallWords);
  const { t: sign } = useText(scheduleSignWords);
  const words = useEntryWords();
  const isMissed = entry.state === 'absent' && !entry.away;
  const said = entry.state === 'called' ? t.asked : isMissed ? t.missed : words(entry, round);
  return (
    <article className="asked">
      <h3>{t.ownRound(round.nr, round.question)}</h3>
      <p className="soft num">
        {isRehearsal(round.briefing) && <strong>{sign.rehearsal} · </strong>}
        {briefing} · {day(round.openedAt)}
      </p>
      <p>{entry.unconfirmed && entry.own ? t.unconfirmed(day(entry.own.at)) : said}</p>
      {records.length > 0 && <Records records={records} unit={entry.unit} asked={round.number} />}
    </article>
  );
}
