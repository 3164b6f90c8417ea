import { CircleAlert, CircleCheck, CircleHelp, Download, Phone, VideoOff } from 'lucide-react';
import { useCallback, useState } from 'react';
import {
  type Briefing,
  inLine,
  type ReadinessCount,
  type ReadinessRow,
  type ReadinessState,
  readinessPageSchema,
} from '../../api/contract.ts';
import { queryOf } from '../../api/queryOf.ts';
import { useText } from '../../i18n/useText.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { More } from '../../ui/More.tsx';
import { saveFile } from '../../ui/saveFile.ts';
import { useToasts } from '../../ui/Toasts.tsx';
import { usePages } from '../../ui/usePages.ts';
import { usePolled } from '../../ui/usePolled.ts';
import { listWords } from '../../ui/words/lists.vi.ts';
import { readinessWords } from '../words/readiness.vi.ts';
import './readiness.css';

const STATES = ['ready', 'weak', 'lacking', 'never'] as const;
const ICONS = { ready: CircleCheck, weak: CircleAlert, lacking: VideoOff, never: CircleHelp } as const;
const LOOK_MS = 15_000;

/** Who has tried their devices, who never did, whose line is weak, and on which number they are rung. */
export default function ReadinessDesk({ briefing }: { briefing: Briefing }) {
  const { t, number, language } = useText(readinessWords);
  const { t: lists } = useText(listWords);
  const { t: problems } = useText(problemWords);
  const { session, api } = useOffice();
  const { tell } = useToasts();
  const [root, setRoot] = useState<string>();
  const [state, setState] = useState<ReadinessState>();
  const path = `/api/briefings/${briefing.id}/readiness`;
  const figures = useCallback(
    () => api.ask(`${path}?${queryOf({ root, limit: '1' })}`, readinessPageSchema),
    [api, path, root],
  );
  const { value, error } = usePolled(figures, LOOK_MS);
  const load = useCallback(
    async (after: string | undefined) => {
      const page = await api.ask(`${path}?${queryOf({ root, state, after })}`, readinessPageSchema);
      return { items: page.rows, total: page.rows.length, next: page.next };
    },
    [api, path, root, state],
  );
  const pages = usePages(load);
  const [total, ...below] = value?.counts ?? [];
  const tried = total ? total.expected - total.never : 0;
  const take = async (format: 'csv' | 'xlsx'): Promise<void> => {
    try {
      const file = await api.file(`${path}/list?${queryOf({ root, state, format, language })}`);
      saveFile(`thu-may-${root ?? session.account.unit.code}.${format}`, file);
    } catch (failed) {
      tell({ text: sentence(failed, problems), tone: 'bad' });
    }
  };
  return (
    <section className="readiness" aria-label={t.title}>
      {error !== undefined && <p className="stale">{lists.failed(sentence(error, problems))}</p>}
      {total && (
        <header className="readiness-head">
          <p>
            <strong className="readiness-sum num">{tried > 0 ? t.tried(number(tried)) : t.none}</strong>
            <span className="soft num">{t.of(number(total.expected))}</span>
          </p>
          <fieldset className="chips" aria-label={t.filter}>
            {([undefined, ...STATES] as const).map((one) => (
              <label key={one ?? 'all'} className="chip" data-state={one}>
                <input type="radio" name="readiness" checked={state === one} onChange={() => setState(one)} />
                {one && <StateIcon state={one} />}
                {one ? t.state[one] : t.all}
                <span className="soft num">{number(one ? total[one] : total.expected)}</span>
              </label>
            ))}
          </fieldset>
        </header>
      )}
      <div className="readiness-body">
        <div>
          <ul className="readiness-list">
            {pages.items.map((row) => (
              <Row key={row.unit} row={row} />
            ))}
          </ul>
          {pages.phase === 'loading' && <p className="soft">{lists.loading}</p>}
          {pages.phase === 'ready' && pages.items.length === 0 && <p className="soft">{lists.none}</p>}
          <More of={pages} />
        </div>
        <aside>
          <div className="row">
            {(['xlsx', 'csv'] as const).map((format) => (
              <button key={format} type="button" className="button small" onClick={() => void take(format)}>
                <Download size={18} aria-hidden />
                {t.export(format === 'xlsx' ? 'Excel' : 'CSV')}
              </button>
            ))}
          </div>
          {(below.length > 0 || root !== undefined) && (
            <section aria-label={t.places}>
              <h3>{t.places}</h3>
              {below.length > 0 && <p className="soft small-text">{t.placesCount}</p>}
              {root !== undefined && (
                <button type="button" className="button quiet small" onClick={() => setRoot(undefined)}>
                  {t.up}
                </button>
              )}
              <ul className="readiness-places">
                {below.map((place) => (
                  <Place key={place.unit} place={place} onOpen={() => setRoot(place.unit)} />
                ))}
              </ul>
            </section>
          )}
        </aside>
      </div>
    </section>
  );
}

function StateIcon({ state }: { state: ReadinessState }) {
  const Icon = ICONS[state];
  return <Icon className={`readiness-${state}`} size={18} aria-hidden />;
}

function Place({ place, onOpen }: { place: ReadinessCount; onOpen: () => void }) {
  const { t, number } = useText(readinessWords);
  return (
    <li>
      <button type="button" className="button quiet" onClick={onOpen}>
        <span className="grow clip">{place.name}</span>
        <span className="num">
          {number(place.expected - place.never)} / {number(place.expected)}
        </span>
        {place.weak + place.lacking > 0 && (
          <span className="readiness-bad num">
            <StateIcon state="weak" />
            <span className="unseen">{`${t.state.weak}, ${t.state.lacking}: `}</span>
            {number(place.weak + place.lacking)}
          </span>
        )}
      </button>
    </li>
  );
}

function Row({ row }: { row: ReadinessRow }) {
  const { t, day, rate } = useText(readinessWords);
  const { check, contact, state } = row;
  const f = t.found;
  const lacks = check
    ? (['camera', 'microphone', 'voice', 'sound'] as const).filter((what) => !check[what]).map((what) => f[what])
    : [];
  const line =
    check &&
    (check.downKbps === null || check.upKbps === null ? f.noLine : f.line(rate(check.downKbps), rate(check.upKbps)));
  return (
    <li>
      <StateIcon state={state} />
      <div className="readiness-who">
        <strong>{row.name}</strong>
        <span className="soft small-text clip">{row.above.split(', ').map(inLine).join(', ')}</span>
      </div>
      <div className="readiness-found small-text">
        <strong>{t.state[state]}</strong>
        {check && (
          <span className="soft num">
            {[t.at(day(check.at)), line, ...lacks, check.browser].filter(Boolean).join(' · ')}
          </span>
        )}
      </div>
      {contact ? (
        <a className="button small num" href={`tel:${contact.telephone.replaceAll(/[^\d+]/g, '')}`}>
          <Phone size={18} aria-hidden />
          <span className="unseen">{t.call(contact.name ?? row.name)}</span>
          {contact.telephone}
        </a>
      ) : (
        <span className="soft small-text">{t.noContact}</span>
      )}
    </li>
  );
}
