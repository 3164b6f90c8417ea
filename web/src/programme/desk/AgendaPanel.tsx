import { SkipForward } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { AgendaItem, RunningItem } from '../../api/contract.ts';
import { placeIn } from '../../briefing/placeIn.ts';
import { clock } from '../../i18n/formats.ts';
import { useText } from '../../i18n/useText.tsx';
import { useChannel } from '../../session/BriefingContext.tsx';
import { useAct } from '../../session/useAct.ts';
import { useAnnounce } from '../../ui/Announcer.tsx';
import { useShortcutSwitch } from '../../ui/Shortcuts.tsx';
import { useNow } from '../../ui/useNow.ts';
import { useShortcuts } from '../../ui/useShortcuts.ts';
import { useMayProduce } from '../useMayProduce.ts';
import { programmeWords } from '../words/programme.vi.ts';
import './agendaPanel.css';

/** PN12: what is on, in its order, and which item runs; a producer marks it by one press, or goes on by a key. */
export function AgendaPanel({ className = '' }: { className?: string }) {
  const { t } = useText(programmeWords);
  const { briefing, programme } = useChannel();
  const { run, pending } = useAct();
  const announce = useAnnounce();
  const mine = useMayProduce();
  const { agenda, state } = briefing;
  const { item } = programme;
  const at = placeIn(agenda, item);
  // What was taken out of the agenda while it ran is still what runs.
  const lost = item && at < 0 ? item : undefined;
  const may = mine && (state === 'open' || state === 'live') && !pending.has('programme.item');
  const mark = async (nr: number | undefined): Promise<void> => {
    const wanted = nr === undefined ? undefined : agenda[nr - 1];
    const item = nr !== undefined && wanted ? { nr, title: wanted.title } : null;
    if (await run('programme.item', { item })) announce(item ? t.runs(item.nr, item.title) : t.runsNone);
  };
  // What runs is in sight, however little room there is; only the list itself scrolls.
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const running = list.current?.children[at];
    if (list.current && running instanceof HTMLElement) list.current.scrollTop = running.offsetTop;
  }, [at]);
  const following = at + 1 < agenda.length ? at + 2 : undefined;
  const goOn = may && following !== undefined ? () => void mark(following) : undefined;
  useShortcuts({ n: goOn });
  const { on } = useShortcutSwitch();
  if (agenda.length === 0 && !lost) return null;
  return (
    <section className={`agenda-panel ${className}`} aria-label={t.agenda}>
      <div className="agenda-panel-head">
        <h2>{t.agenda}</h2>
        {mine && (
          <button
            type="button"
            className="button small"
            aria-keyshortcuts={on ? 'n' : undefined}
            disabled={!goOn}
            onClick={goOn}
          >
            <SkipForward size={18} aria-hidden />
            {at < 0 ? t.firstItem : t.nextItem}
          </button>
        )}
      </div>
      <ol ref={list}>
        {lost && (
          <Item nr={lost.nr} item={lost} running={lost} onPress={may ? () => void mark(undefined) : undefined} />
        )}
        {agenda.map((entry, i) => (
          <Item
            // biome-ignore lint/suspicious/noArrayIndexKey: an item is its place; two may have one title
            key={i}
            nr={i + 1}
            item={entry}
            running={i === at && item ? item : undefined}
            onPress={may ? () => void mark(i === at ? undefined : i + 1) : undefined}
          />
        ))}
      </ol>
    </section>
  );
}

interface ItemProps {
  readonly nr: number;
  readonly item: AgendaItem;
  readonly running: RunningItem | undefined;
  /** undefined: it is only shown. */
  readonly onPress: (() => void) | undefined;
}

function Item({ nr, item, running, onPress }: ItemProps) {
  const { t } = useText(programmeWords);
  const line = (
    <>
      <span className="num">{nr}</span>
      <span className="agenda-panel-words">
        <strong>{item.title}</strong>
        {item.by && <span>{item.by}</span>}
      </span>
      {running ? (
        <Elapsed since={running.since} minutes={item.minutes} />
      ) : (
        item.minutes !== undefined && <span className="num">{t.minutes(item.minutes)}</span>
      )}
    </>
  );
  return (
    <li aria-current={running ? 'step' : undefined}>
      {onPress ? (
        <button
          type="button"
          aria-pressed={running !== undefined}
          title={running ? t.stopItem : t.runItem}
          onClick={onPress}
        >
          {line}
        </button>
      ) : (
        <div>{line}</div>
      )}
    </li>
  );
}

/** How long it runs, beside what was planned; by a word when that is over. */
function Elapsed({ since, minutes }: { since: string; minutes: number | undefined }) {
  const { t } = useText(programmeWords);
  const { clockOffset } = useChannel();
  const ms = Math.max(0, useNow(clockOffset) - Date.parse(since));
  const over = minutes !== undefined && ms > minutes * 60_000;
  return (
    <span className="num agenda-panel-time" data-over={over}>
      <span className="agenda-panel-now">{over ? t.overTime : t.runsNow}</span>
      <span>{minutes === undefined ? clock(ms) : t.ofMinutes(clock(ms), minutes)}</span>
    </span>
  );
}
