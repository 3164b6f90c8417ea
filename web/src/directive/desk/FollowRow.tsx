import { Phone } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { Directive, Follow } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { organisationDeskWords } from '../../organisation/words/desk.vi.ts';
import { useOffice } from '../../session/OfficeContext.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { useToasts } from '../../ui/Toasts.tsx';
import { stateIcons } from '../DirectiveState.tsx';
import { dayWord } from '../deadline.ts';
import { History } from '../History.tsx';
import { directiveDeskWords } from '../words/desk.vi.ts';
import { directiveWords } from '../words/directive.vi.ts';
import { issuerApi } from './issuerApi.ts';
import './follow.css';
import { serverNow } from '../../lib/serverClock.ts';

interface FollowRowProps {
  readonly directive: Directive;
  readonly follow: Follow;
  readonly ours: boolean;
  /** Where it lies: many communes share a name. */
  readonly within: string | undefined;
  readonly onReplied: () => void;
  readonly onCall: ((unit: string, name: string) => void) | undefined;
}

/** One addressee: where it stands, what it said in its own words, what it asks. */
export function FollowRow({ directive, follow, ours, within, onReplied, onCall }: FollowRowProps) {
  const d = useText(directiveDeskWords).t.board;
  const { t, time, moment, date } = useText(directiveWords);
  const { t: units } = useText(organisationDeskWords);
  const [shown, setShown] = useState(false);
  const Icon = stateIcons[follow.state];
  const at = whenOf(follow);
  const open = follow.question !== null && follow.reply === null;
  return (
    <li className="follow">
      <div className="follow-head">
        <Icon className={`follow-icon ${follow.state}`} size={18} aria-hidden />
        <span className="grow clip">
          <strong>{follow.unitName}</strong> <small>{within}</small>
        </span>
        <span className="soft num follow-state">
          {t.state[follow.state]}
          {at && ` · ${dayWord(new Date(at), new Date(serverNow())) === 'today' ? time(at) : moment(at)}`}
        </span>
        {onCall && (
          <button
            type="button"
            className="button quiet icon"
            aria-label={units.callUnit(follow.unitName)}
            onClick={() => onCall(follow.unit, follow.unitName)}
          >
            <Phone size={18} aria-hidden />
          </button>
        )}
      </div>
      <div className="follow-body">
        {(follow.timing === 'overdue' || follow.timing === 'late' || follow.absentee) && (
          <p className="issued-meta">
            {follow.timing === 'overdue' && <strong className="over">{d.overdue}</strong>}
            {follow.timing === 'late' && <strong className="warn">{d.late}</strong>}
            {follow.absentee && <span className="soft">{d.absentee}</span>}
          </p>
        )}
        {follow.words && (
          <p>
            <strong>{follow.name}:</strong> {follow.words}
            {follow.promised && <span className="soft"> ({d.promised(date(`${follow.promised}T12:00`))})</span>}
          </p>
        )}
        {follow.report && (
          <p>
            <strong>{d.reports}:</strong> {follow.report}
          </p>
        )}
        {follow.question && (
          <p className={open ? 'follow-question' : ''}>
            <strong>{d.asks}:</strong> {follow.question}
          </p>
        )}
        {follow.reply && (
          <p>
            <strong>{d.replied}:</strong> {follow.reply}
          </p>
        )}
        {open &&
          (ours ? (
            <ReplyForm directive={directive} follow={follow} onReplied={onReplied} />
          ) : (
            <p className="soft">{d.issuerReplies}</p>
          ))}
        <button
          type="button"
          className="button quiet small follow-history"
          aria-expanded={shown}
          aria-label={d.history(follow.unitName)}
          onClick={() => setShown(!shown)}
        >
          {shown ? d.hideHistory : d.showHistory}
        </button>
        {shown && <History item={{ directive, follow }} unit={follow.unit} open />}
      </div>
    </li>
  );
}

function ReplyForm({ directive, follow, onReplied }: Pick<FollowRowProps, 'directive' | 'follow' | 'onReplied'>) {
  const d = useText(directiveDeskWords).t.board;
  const { t } = useText(problemWords);
  const { api } = useOffice();
  const { tell } = useToasts();
  const [busy, setBusy] = useState(false);
  // Of this answer: sent again after a failure, it is recorded once.
  const [key] = useState(() => crypto.randomUUID());
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const words = String(new FormData(event.currentTarget).get('words') ?? '').trim();
    if (words === '') return;
    setBusy(true);
    try {
      await issuerApi.reply(api, directive.id, { key, unit: follow.unit, words });
      tell({ text: d.repliedNow(follow.unitName), tone: 'good' });
      onReplied();
    } catch (error) {
      tell({ text: sentence(error, t), tone: 'bad' });
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="reply" onSubmit={(event) => void submit(event)}>
      <input className="input" name="words" maxLength={2000} required aria-label={d.replyTo(follow.unitName)} />
      <button type="submit" className="button" disabled={busy}>
        {d.sendReply}
      </button>
    </form>
  );
}

/** Since when it stands there, where that is known. */
function whenOf({ state, doneAt, answeredAt, readAt, deliveredAt }: Follow): string | null {
  if (state === 'done') return doneAt;
  if (state === 'acknowledged' || state === 'refused') return answeredAt;
  if (state === 'read') return readAt;
  return state === 'delivered' ? deliveredAt : null;
}
