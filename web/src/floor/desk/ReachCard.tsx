import { MessageSquareText, Phone, X } from 'lucide-react';
import { useCallback, useEffect, useId, useRef } from 'react';
import type { CallHelp, CallHit } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { organisationDeskWords } from '../../organisation/words/desk.vi.ts';
import { useChannel } from '../../session/BriefingContext.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { useAct } from '../../session/useAct.ts';
import { usePolled } from '../../ui/usePolled.ts';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { floorDeskWords } from '../words/desk.vi.ts';
import { readCallHelp, readCalls, readContacts } from './callRequests.ts';
import { HitLine } from './HitLine.tsx';
import { Telephones } from './Telephones.tsx';
import './reachCard.css';

/** Soon enough to see that somebody has come. */
const LOOK_MS = 5_000;

interface ReachCardProps {
  readonly unit: string;
  readonly name: string;
  readonly onCall: (unit: string, name: string) => void;
  readonly onClose: () => void;
}

/**
 * What helps where a unit can't be called: its telephones, word that it reads when it signs in, and who near it is
 * connected. It stands beside the stage, never over it, and lets the page go on.
 */
export function ReachCard({ unit, name, onCall, onClose }: ReachCardProps) {
  const { t, hour } = useText(floorDeskWords);
  const { t: ui } = useText(uiWords);
  const { t: units } = useText(organisationDeskWords);
  const { api } = useOffice();
  const { briefing, callNews } = useChannel();
  const { run, pending } = useAct();
  const id = useId();
  const card = useRef<HTMLElement>(null);
  const help = usePolled(
    useCallback(() => readCallHelp(api, briefing.id, unit), [api, briefing.id, unit]),
    LOOK_MS,
  );
  const contacts = usePolled(useCallback(() => readContacts(api, unit), [api, unit]));
  const calls = usePolled(useCallback(() => readCalls(api, briefing.id), [api, briefing.id]));
  const { reload } = calls;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a call that ended, or was seen, is news of the list
  useEffect(() => reload(), [callNews, reload]);
  useEffect(() => card.current?.focus(), []);

  const hit = help.value?.unit;
  const left = calls.value?.find((call) => call.unit === unit && call.state === 'not-connected');
  const leave = async (): Promise<void> => {
    if (await run('call.leave', { unit })) reload();
    help.reload();
  };

  return (
    <aside
      ref={card}
      className="reach-card"
      tabIndex={-1}
      aria-labelledby={id}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <header>
        <div>
          <h2 id={id}>{name}</h2>
          {hit && <p className="soft">{hit.within}</p>}
          {hit && <HitLine hit={hit} />}
        </div>
        <button type="button" className="button quiet icon" aria-label={ui.close} onClick={onClose}>
          <X size={20} aria-hidden />
        </button>
      </header>
      {hit?.callable === 'now' && (
        <button type="button" className="button go" onClick={() => onCall(unit, name)}>
          <Phone size={18} aria-hidden />
          {units.callUnit(name)}
        </button>
      )}
      <section>
        <h3>{t.reach.telephone}</h3>
        <Telephones contacts={contacts.value} failed={contacts.error !== undefined && contacts.value === undefined} />
      </section>
      {/* Whoever has come is still read to have read it. */}
      {(hit?.callable === 'absent' || left?.seen) && (
        <section>
          <h3>{t.reach.word}</h3>
          {left ? (
            <p role="status">
              {t.reach.left(hour(left.ringingAt))}{' '}
              {left.seen ? t.reach.seen(left.seen.name, hour(left.seen.at)) : t.reach.notSeen}
            </p>
          ) : (
            <>
              <p className="soft">{t.reach.wordBody}</p>
              <button
                type="button"
                className="button"
                disabled={pending.has('call.leave')}
                onClick={() => void leave()}
              >
                <MessageSquareText size={18} aria-hidden />
                {t.reach.leave}
              </button>
            </>
          )}
        </section>
      )}
      {help.value && <Near help={help.value} onCall={onCall} />}
    </aside>
  );
}

function Near({ help, onCall }: { help: CallHelp; onCall: ReachCardProps['onCall'] }) {
  const { t } = useText(floorDeskWords);
  const near = [
    ...help.officials.map(({ unit, seats }) => ({ unit, who: seats.map((seat) => seat.name).join(', ') })),
    ...help.neighbours.map((unit) => ({ unit, who: '' })),
  ];
  return (
    <section>
      <h3>{t.reach.near}</h3>
      {near.length === 0 ? (
        <p className="soft">{t.reach.nobodyNear}</p>
      ) : (
        <ul>
          {near.map(({ unit, who }) => (
            <NearUnit key={unit.code} hit={unit} who={who} onCall={onCall} />
          ))}
        </ul>
      )}
    </section>
  );
}

function NearUnit({ hit, who, onCall }: { hit: CallHit; who: string; onCall: ReachCardProps['onCall'] }) {
  const { t: units } = useText(organisationDeskWords);
  return (
    <li>
      <span className="grow">
        <strong>{hit.name}</strong>
        {who && <span className="soft">{who}</span>}
        <HitLine hit={hit} />
      </span>
      <button
        type="button"
        className="button small"
        aria-label={units.callUnit(hit.name)}
        onClick={() => onCall(hit.code, hit.name)}
      >
        <Phone size={16} aria-hidden />
        {units.call}
      </button>
    </li>
  );
}
