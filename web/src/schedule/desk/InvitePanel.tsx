import { ArrowLeft, Download, Printer } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError, isPassing } from '../../api/ApiError.ts';
import {
  askInvitationsSchema,
  type Briefing,
  type InvitationPlan,
  type Invitations,
  invitationPlanSchema,
  invitationsSchema,
} from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { fullJitter } from '../../lib/jitter.ts';
import { UnitPicker } from '../../organisation/desk/UnitPicker.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { saveFile } from '../../ui/saveFile.ts';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { whenOf } from '../whenOf.ts';
import { scheduleWords } from '../words/schedule.vi.ts';

type Making =
  | { readonly kind: 'none' | 'asking' | 'saved' | 'failed' }
  | { readonly kind: 'making' | 'ready'; readonly told: Invitations }
  | { readonly kind: 'refused'; readonly why: string };

const LOOK_MS = 500;

interface InvitePanelProps {
  /** For which one it was asked. */
  readonly briefing: Briefing;
  readonly coming: readonly Briefing[];
  readonly onBack: () => void;
}

/** Slips of a territory for one briefing: what will be printed, made in the background with its progress, taken once. */
export function InvitePanel({ briefing: asked, coming, onBack }: InvitePanelProps) {
  const text = useText(scheduleWords);
  const { t, number } = text;
  const { t: ui } = useText(uiWords);
  const { session } = useOffice();
  const w = t.inviting;
  const own = session.account.unit;
  const [chosen, setChosen] = useState(asked.id);
  const briefing = coming.find(({ id }) => id === chosen) ?? asked;
  const [place, setPlace] = useState<{ readonly code: string; readonly name: string }>(own);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { plan, refusal } = useInvitationPlan(briefing.id, place.code);
  const { making, make, save } = useInvitations(briefing.id);
  const busy = making.kind === 'asking' || making.kind === 'making';
  return (
    <section className="plan" aria-label={w.title(briefing.title)}>
      <header className="desk-head">
        <button type="button" className="button quiet icon" aria-label={ui.back} onClick={onBack}>
          <ArrowLeft size={20} aria-hidden />
        </button>
        <h2 ref={heading} tabIndex={-1} className="grow">
          {w.title(briefing.title)}
        </h2>
      </header>
      <label className="field">
        <span className="label">{w.briefing}</span>
        <select
          className="input"
          value={briefing.id}
          disabled={busy}
          onChange={({ target }) => setChosen(target.value)}
        >
          {(coming.includes(briefing) ? coming : [briefing, ...coming]).map((one) => (
            <option key={one.id} value={one.id}>
              {`${one.title}: ${whenOf(one.scheduledAt, text)}`}
            </option>
          ))}
        </select>
      </label>
      <fieldset>
        <legend>{w.territory}</legend>
        <p>
          <strong>{place.code === own.code ? w.everybody : w.within(place.name)}</strong>
        </p>
        <UnitPicker label={w.elsewhere} onPick={({ code, name }) => setPlace({ code, name })} />
        {place.code !== own.code && (
          <button type="button" className="button quiet small" onClick={() => setPlace(own)}>
            {w.everybody}
          </button>
        )}
      </fieldset>
      <section className="invite-plan" aria-label={w.will} aria-live="polite">
        <h3>{w.will}</h3>
        {refusal !== undefined && <p className="problem">{refusal}</p>}
        {plan && (
          <ul>
            <li>{w.slips(number(plan.units))}</li>
            <li>{w.codes(number(plan.units - plan.noSeat), whenOf(plan.begins, text))}</li>
            {plan.links > 0 && <li>{w.links(number(plan.links))}</li>}
            {plan.noSeat > 0 && <li>{w.noSeat(number(plan.noSeat))}</li>}
            <li>{w.keeps}</li>
          </ul>
        )}
      </section>
      <p className="note warn">{w.secret}</p>
      <footer className="desk-acts">
        <div className="invite-state" role="status">
          {making.kind === 'making' && (
            <>
              <p className="num">{w.making(number(making.told.done), number(making.told.of))}</p>
              <progress className="invite-progress" value={making.told.done} max={making.told.of} />
            </>
          )}
          {making.kind === 'ready' && <p>{w.ready(number(making.told.of), number(making.told.issued))}</p>}
          {making.kind === 'saved' && <p>{w.saved}</p>}
          {making.kind === 'failed' && <p className="problem">{w.failed}</p>}
          {making.kind === 'refused' && <p className="problem">{making.why}</p>}
        </div>
        {making.kind === 'ready' && (
          <button type="button" className="button primary" onClick={() => void save(making.told)}>
            <Download size={18} aria-hidden />
            {w.save}
          </button>
        )}
        <button
          type="button"
          className={`button ${making.kind === 'ready' ? '' : 'primary'}`}
          disabled={busy || !plan}
          onClick={() => void make(place.code)}
        >
          <Printer size={18} aria-hidden />
          {w.make}
        </button>
      </footer>
    </section>
  );
}

/** What would be printed, asked anew for each choice; the answer of an earlier choice is never shown. */
function useInvitationPlan(briefing: string, territory: string) {
  const { api } = useOffice();
  const { t: problems } = useText(problemWords);
  const { t } = useText(scheduleWords);
  const { tooMany } = t.inviting;
  const [found, setFound] = useState<{ readonly plan?: InvitationPlan; readonly refusal?: string }>({});
  useEffect(() => {
    const asked = new AbortController();
    setFound({});
    const path = `/api/briefings/${briefing}/invitations?territory=${encodeURIComponent(territory)}`;
    api.ask(path, invitationPlanSchema, { signal: asked.signal }).then(
      (plan) => setFound({ plan }),
      (error: unknown) => {
        if (asked.signal.aborted) return;
        const isTooMany = error instanceof ApiError && error.reason === 'too-large';
        setFound({ refusal: isTooMany ? tooMany : sentence(error, problems) });
      },
    );
    return () => asked.abort();
  }, [api, briefing, territory, problems, tooMany]);
  return { plan: found.plan, refusal: found.refusal };
}

function useInvitations(briefing: string) {
  const { api } = useOffice();
  const { t: problems } = useText(problemWords);
  const [making, setMaking] = useState<Making>({ kind: 'none' });
  const run = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was made is of the briefing that was chosen then
  useEffect(() => {
    setMaking({ kind: 'none' });
    return () => {
      run.current++;
    };
  }, [briefing]);
  const save = useCallback(
    async (told: Invitations): Promise<void> => {
      try {
        saveFile(told.fileName, await api.file(`/api/invitations/${told.id}/file`));
        setMaking({ kind: 'saved' });
      } catch (error) {
        setMaking({ kind: 'refused', why: sentence(error, problems) });
      }
    },
    [api, problems],
  );
  const make = useCallback(
    async (territory: string): Promise<void> => {
      const mine = ++run.current;
      const tell = (next: Making): void => {
        if (run.current === mine) setMaking(next);
      };
      tell({ kind: 'asking' });
      try {
        const body = askInvitationsSchema.parse({ territory });
        const path = `/api/briefings/${briefing}/invitations`;
        let told = await api.ask(path, invitationsSchema, { method: 'POST', body });
        let failures = 0;
        while (run.current === mine && told.state === 'making') {
          tell({ kind: 'making', told });
          await new Promise((resolve) => setTimeout(resolve, LOOK_MS + fullJitter(failures)));
          try {
            told = await api.ask(`/api/invitations/${told.id}`, invitationsSchema);
            failures = 0;
          } catch (error) {
            if (!isPassing(error)) throw error;
            failures++;
          }
        }
        tell(told.state === 'ready' ? { kind: 'ready', told } : { kind: 'failed' });
      } catch (error) {
        tell({ kind: 'refused', why: sentence(error, problems) });
      }
    },
    [api, briefing, problems],
  );
  return { making, make, save };
}
