import { CircleCheck, Download, Hourglass, LoaderCircle } from 'lucide-react';
import { Suspense, useEffect, useRef } from 'react';
import type { Entry, Round } from '../../api/contract.ts';
import { briefingWords } from '../../briefing/words/briefing.vi.ts';
import { useText } from '../../i18n/useText.tsx';
import type { BriefingTools } from '../../session/BriefingContext.tsx';
import { useOutbox } from '../../session/OutboxContext.tsx';
import { useAnnounce } from '../../ui/Announcer.tsx';
import { lazyRetried } from '../../ui/lazyRetried.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { saveJson } from '../../ui/saveFile.ts';
import { useStore } from '../../ui/useStore.ts';
import { absenceWords } from '../words/absence.vi.ts';
import { rollcallWords } from '../words/rollcall.vi.ts';
import type { OwnRound } from './ownRound.ts';
import './answerSheet.css';
import './outcomeSheet.css';

const NumberSaid = lazyRetried(() => import('../number/NumberSaid.tsx'));

interface OutcomeSheetProps {
  readonly own: OwnRound;
  readonly channel: BriefingTools['channel'];
  readonly unit: string;
  readonly onClose: () => void;
}

/** Long enough to be read twice; then the stage is back without a touch. */
const STAY_MS = 12_000;

/** What became of the answer that was just given. Sent and recorded are different words, and look different. */
export function OutcomeSheet({ own, channel, unit, onClose }: OutcomeSheetProps) {
  const { t } = useText(rollcallWords);
  const { round, standing, letter } = own;
  const button = useRef<HTMLButtonElement>(null);
  const done = standing.kind === 'recorded' || standing.kind === 'unconfirmed';
  useSpoken(own);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another kind is another look, with its own way out
  useEffect(() => {
    button.current?.focus();
    if (!done) return;
    const timer = setTimeout(onClose, STAY_MS);
    return () => clearTimeout(timer);
  }, [standing.kind]);

  return (
    <Sheet title={round.question} className="full-sheet answer-sheet" onClose={onClose}>
      <p className="sheet-unit">{unit}</p>
      <div className="answer-words">
        <Outcome own={own} channel={channel} />
        {letter?.status === 'recorded' && (
          <div className="receipt-line">
            <p>
              <strong>{t.receipt(letter.answer.receipt.seal)}</strong>
              <span className="soft">{t.receiptBody}</span>
            </p>
            <button type="button" className="button" onClick={() => saveReceipt(own)}>
              <Download size={20} aria-hidden />
              {t.download}
            </button>
          </div>
        )}
        <button ref={button} type="button" className={done ? 'button primary big' : 'button big'} onClick={onClose}>
          {t.toRoom}
        </button>
      </div>
    </Sheet>
  );
}

/** In words: on its way, recorded when and as what, waiting for confirmation, or missed. */
export function Outcome({ own, channel }: { own: OwnRound; channel: BriefingTools['channel'] }) {
  const { t, time } = useText(rollcallWords);
  const { t: room } = useText(briefingWords);
  const { link } = useStore(channel.state);
  const { durable } = useStore(useOutbox().state);
  const { standing } = own;
  const words = useEntryWords();
  switch (standing.kind) {
    case 'asked':
    case 'missed':
      return <p>{standing.kind === 'asked' ? t.asked : t.missed}</p>;
    case 'unsent':
      return (
        <div className="outcome unsent" role="status">
          <LoaderCircle size={32} aria-hidden />
          <div>
            <h3>{t.unsent}</h3>
            <p>{link === 'online' ? t.unsentBody : room.channelDown}</p>
            <p className="soft">{durable ? t.unsentKept : t.unsentNotKept}</p>
          </div>
        </div>
      );
    case 'unconfirmed':
      return (
        <div className="outcome waiting" role="status">
          <Hourglass size={32} aria-hidden />
          <div>
            <h3>{t.unconfirmed(time(standing.entry.own?.at ?? standing.entry.at ?? ''))}</h3>
            <p>{t.unconfirmedBody}</p>
          </div>
        </div>
      );
    case 'recorded':
      return (
        <div className="outcome recorded" role="status">
          <CircleCheck size={32} aria-hidden />
          <div>
            <h3>{standing.entry.at ? t.recorded(time(standing.entry.at)) : t.answered}</h3>
            <p>{words(standing.entry, own.round)}</p>
            {own.round.number && (
              <Suspense>
                <NumberSaid asked={own.round.number} entry={standing.entry} />
              </Suspense>
            )}
          </div>
        </div>
      );
  }
}

/** `Trả lời muộn. Người trả lời: Phó Chủ tịch` */
export function useEntryWords(): (entry: Entry, round: Pick<Round, 'proof'>) => string {
  const { t } = useText(rollcallWords);
  const { t: absent } = useText(absenceWords);
  return (entry, { proof }) => {
    const by = entry.by ?? '';
    if (entry.away) return (entry.late ? absent.saidLate : absent.said)(entry.note ?? '');
    if (entry.state === 'official') return t.byOfficial(by);
    if (entry.state === 'excused') return t.excusedBy(by);
    const role = entry.answerer ? t.answerer[entry.answerer] : '';
    const who = [role, entry.name].filter(Boolean).join(', ');
    const when = entry.state !== 'late' ? t.onTime : proof === 'challenge' ? t.late_ : t.late;
    return who ? `${when}. ${t.byPerson(who)}` : when;
  };
}

/** `bien-nhan-diem-danh-2-00001.json` */
export function saveReceipt({ round, letter }: Pick<OwnRound, 'round' | 'letter'>): void {
  if (letter?.status !== 'recorded') return;
  saveJson(`bien-nhan-diem-danh-${round.nr}-${letter.answer.entry.unit}.json`, letter.answer.receipt);
}

/** That it is on its way, and that it is recorded, is also said. */
function useSpoken({ standing }: OwnRound): void {
  const { t, time } = useText(rollcallWords);
  const announce = useAnnounce();
  const at = standing.kind === 'recorded' || standing.kind === 'unconfirmed' ? standing.entry.at : undefined;
  useEffect(() => {
    if (standing.kind === 'unsent') announce(t.unsent);
    if (standing.kind === 'recorded' && at) announce(t.recorded(time(at)), 'assertive');
    if (standing.kind === 'unconfirmed' && at) announce(t.unconfirmed(time(at)), 'assertive');
  }, [standing.kind, at, announce, t, time]);
}
