import { ArrowLeft, Download, Printer } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { isPassing } from '../../api/ApiError.ts';
import {
  askInvitationsSchema,
  type Briefing,
  type InvitationLinks,
  type Invitations,
  invitationsSchema,
} from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { fullJitter } from '../../lib/jitter.ts';
import { UnitPicker } from '../../organisation/desk/UnitPicker.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { ConfirmSheet } from '../../ui/ConfirmSheet.tsx';
import { saveFile } from '../../ui/saveFile.ts';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { whenOf } from '../whenOf.ts';
import { scheduleWords } from '../words/schedule.vi.ts';

type Making =
  | { readonly kind: 'none' | 'asking' | 'saved' | 'failed' }
  | { readonly kind: 'making' | 'ready'; readonly told: Invitations }
  | { readonly kind: 'refused'; readonly why: string };

const LOOK_MS = 500;

/** Slips of a territory: which links, made in the background with its progress, taken once. */
export function InvitePanel({ briefing, onBack }: { briefing: Briefing; onBack: () => void }) {
  const text = useText(scheduleWords);
  const { t, number } = text;
  const { t: ui } = useText(uiWords);
  const { session } = useOffice();
  const w = t.inviting;
  const own = session.account.unit;
  const [place, setPlace] = useState<{ readonly code: string; readonly name: string }>(own);
  const [links, setLinks] = useState<InvitationLinks>('missing');
  const [sure, setSure] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
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
      <p>
        <strong className="num">{whenOf(briefing.scheduledAt, text)}</strong>
      </p>
      <p className="soft">{w.lead}</p>
      <fieldset>
        <legend>{w.territory}</legend>
        <p>
          <strong>{place.name}</strong>
        </p>
        <UnitPicker label={w.elsewhere} onPick={({ code, name }) => setPlace({ code, name })} />
      </fieldset>
      <fieldset>
        <legend>{w.which}</legend>
        {(['missing', 'all'] as const).map((which) => (
          <label key={which} className="choice plan-rehearsal">
            <input type="radio" name="links" checked={links === which} onChange={() => setLinks(which)} />
            <span>
              <strong>{w[which]}</strong>
              <span className="soft small-text">{which === 'all' ? w.allHint : w.missingHint}</span>
            </span>
          </label>
        ))}
      </fieldset>
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
          disabled={busy}
          onClick={() => (links === 'all' ? setSure(true) : void make(place.code, links))}
        >
          <Printer size={18} aria-hidden />
          {w.make}
        </button>
      </footer>
      {sure && (
        <ConfirmSheet
          title={w.confirmTitle}
          body={w.confirmBody(place.name)}
          confirm={w.make}
          onConfirm={async () => void make(place.code, links)}
          onClose={() => setSure(false)}
        />
      )}
    </section>
  );
}

function useInvitations(briefing: string) {
  const { api } = useOffice();
  const { t: problems } = useText(problemWords);
  const [making, setMaking] = useState<Making>({ kind: 'none' });
  const run = useRef(0);
  useEffect(
    () => () => {
      run.current++;
    },
    [],
  );
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
    async (territory: string, links: InvitationLinks): Promise<void> => {
      const mine = ++run.current;
      const tell = (next: Making): void => {
        if (run.current === mine) setMaking(next);
      };
      tell({ kind: 'asking' });
      try {
        const body = askInvitationsSchema.parse({ territory, links });
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
