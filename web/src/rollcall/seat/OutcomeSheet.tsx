import { CircleCheck, Download, Hourglass, LoaderCircle } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Entry } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import type { BriefingTools } from '../../session/BriefingContext.tsx';
import { useOutbox } from '../../session/OutboxContext.tsx';
import { useAnnounce } from '../../ui/Announcer.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { saveJson } from '../../ui/saveFile.ts';
import { useStore } from '../../ui/useStore.ts';
import type { OwnRound } from './standing.ts';
import '../../ui/fullSheet.css';
import './rollcall.css';

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
  const { t } = useText();
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
    <Sheet title={round.question} className="call-sheet answer-sheet" onClose={onClose}>
      <p className="call-unit">{unit}</p>
      <div className="answer-words">
        <Outcome own={own} channel={channel} />
        {letter?.status === 'recorded' && (
          <div className="receipt-line">
            <p>
              <strong className="num">{t.rollcall.receipt(letter.answer.receipt.seal)}</strong>
              <span className="soft">{t.rollcall.receiptBody}</span>
            </p>
            <button type="button" className="button" onClick={() => saveReceipt(own)}>
              <Download size={20} aria-hidden />
              {t.rollcall.download}
            </button>
          </div>
        )}
        <button ref={button} type="button" className={done ? 'button primary big' : 'button big'} onClick={onClose}>
          {t.rollcall.toRoom}
        </button>
      </div>
    </Sheet>
  );
}

/** In words: on its way, recorded when and as what, waiting for confirmation, or missed. */
export function Outcome({ own, channel }: { own: OwnRound; channel: BriefingTools['channel'] }) {
  const { t, time } = useText();
  const { link } = useStore(channel.state);
  const { durable } = useStore(useOutbox().state);
  const { standing } = own;
  const words = useEntryWords();
  switch (standing.kind) {
    case 'asked':
    case 'missed':
      return <p>{standing.kind === 'asked' ? t.rollcall.asked : t.rollcall.missed}</p>;
    case 'unsent':
      return (
        <div className="outcome unsent" role="status">
          <LoaderCircle size={32} aria-hidden />
          <div>
            <h3>{t.rollcall.unsent}</h3>
            <p>{link === 'online' ? t.rollcall.unsentBody : t.room.channelDown}</p>
            <p className="soft">{durable ? t.rollcall.unsentKept : t.rollcall.unsentNotKept}</p>
          </div>
        </div>
      );
    case 'unconfirmed':
      return (
        <div className="outcome waiting" role="status">
          <Hourglass size={32} aria-hidden />
          <div>
            <h3>{t.rollcall.unconfirmed(time(standing.entry.at ?? ''))}</h3>
            <p>{t.rollcall.unconfirmedBody}</p>
          </div>
        </div>
      );
    case 'recorded':
      return (
        <div className="outcome recorded" role="status">
          <CircleCheck size={32} aria-hidden />
          <div>
            <h3>{standing.entry.at ? t.rollcall.recorded(time(standing.entry.at)) : t.rollcall.answered}</h3>
            <p>{words(standing.entry)}</p>
          </div>
        </div>
      );
  }
}

/** `Trả lời muộn. Người trả lời: Phó Chủ tịch` */
export function useEntryWords(): (entry: Entry) => string {
  const { t } = useText();
  return (entry) => {
    const by = entry.by ?? '';
    if (entry.state === 'official') return t.rollcall.byOfficial(by);
    if (entry.state === 'excused') return t.rollcall.excusedBy(by);
    const role = entry.answerer ? t.rollcall.answerer[entry.answerer] : '';
    const who = [role, entry.name].filter(Boolean).join(', ');
    const when = entry.state === 'late' ? t.rollcall.late : t.rollcall.onTime;
    return who ? `${when}. ${t.rollcall.byPerson(who)}` : when;
  };
}

/** `bien-nhan-diem-danh-2-00001.json` */
export function saveReceipt({ round, letter }: Pick<OwnRound, 'round' | 'letter'>): void {
  if (letter?.status !== 'recorded') return;
  saveJson(`bien-nhan-diem-danh-${round.nr}-${letter.answer.entry.unit}.json`, letter.answer.receipt);
}

/** That it is on its way, and that it is recorded, is also said. */
function useSpoken({ standing }: OwnRound): void {
  const { t, time } = useText();
  const announce = useAnnounce();
  const at = standing.kind === 'recorded' || standing.kind === 'unconfirmed' ? standing.entry.at : undefined;
  useEffect(() => {
    if (standing.kind === 'unsent') announce(t.rollcall.unsent);
    if (standing.kind === 'recorded' && at) announce(t.rollcall.recorded(time(at)), 'assertive');
    if (standing.kind === 'unconfirmed' && at) announce(t.rollcall.unconfirmed(time(at)), 'assertive');
  }, [standing.kind, at, announce, t, time]);
}
