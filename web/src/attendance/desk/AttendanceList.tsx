import { X } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import {
  type AttendanceRow,
  type AttendanceVerdict,
  attendanceVerdictSchema,
  type Briefing,
} from '../../api/contract.ts';
import { useFormats, useText } from '../../i18n/useText.tsx';
import { UnitPicker } from '../../organisation/desk/UnitPicker.tsx';
import type { RosterView } from '../../organisation/rosterView.ts';
import type { UnitHit } from '../../organisation/useUnitHits.ts';
import { useOffice } from '../../session/OfficeContext.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { More } from '../../ui/More.tsx';
import { usePages } from '../../ui/usePages.ts';
import { usePolled } from '../../ui/usePolled.ts';
import { listWords } from '../../ui/words/lists.vi.ts';
import { attendanceDeskWords } from '../words/desk.vi.ts';
import { attendanceApi } from './attendanceApi.ts';
import { isJudged, useStanding, useVerdictWords } from './useStanding.ts';

const PAGE = 100;
const POLL_MS = 10_000;
interface AttendanceListProps {
  readonly briefing: Briefing;
  readonly shown: boolean;
  readonly roster: RosterView | undefined;
  readonly onOpen: (unit: string) => void;
}

/** Expected units with what was measured of each; by result, and within a part of the territory. */
export function AttendanceList({ briefing, shown, roster, onOpen }: AttendanceListProps) {
  const { t: lists } = useText(listWords);
  const { t: d } = useText(attendanceDeskWords);
  const { t, number, time } = useText(problemWords);
  const { api, session } = useOffice();
  const { id } = briefing;
  const [verdict, setVerdict] = useState<AttendanceVerdict>();
  const [within, setWithin] = useState<UnitHit>();
  const root = within?.code ?? session.account.unit.code;
  const counted = usePolled(
    useCallback(() => attendanceApi.page(api, id, { root, limit: 1 }), [api, id, root]),
    POLL_MS,
  );
  const pages = usePages(
    useCallback(
      async (after: string | undefined) => {
        const { rows, total, next } = await attendanceApi.page(api, id, { root, verdict, after, limit: PAGE });
        return { items: rows, total, next };
      },
      [api, id, root, verdict],
    ),
  );
  const { refresh } = pages;
  const { value: now, reload } = counted;
  // Back from a unit that may have been corrected.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only then
  useEffect(() => {
    if (!shown) return;
    refresh();
    reload();
  }, [shown]);
  const words = useVerdictWords(briefing);
  const judged = isJudged(briefing);
  const verdicts = attendanceVerdictSchema.options.filter(
    (name) => judged || !asExceptions.has(name) || (now?.counts[name] ?? 0) > 0,
  );
  const all = now ? Object.values(now.counts).reduce((sum, n) => sum + n, 0) : undefined;
  return (
    <>
      {now && (
        <p className="soft">
          {(now.rule.lastRound ? d.ruleRound : d.rule)(number(now.rule.percent))}.{' '}
          {judged
            ? d.live(number(Math.floor(now.liveSeconds / 60)))
            : briefing.state === 'closed'
              ? d.neverLive
              : d.notLive}{' '}
          <span className="num">
            · {counted.error === undefined ? lists.asOf(time(now.at)) : lists.stale(time(now.at))}
          </span>
        </p>
      )}
      <fieldset className="chips" aria-label={d.filter}>
        {[undefined, ...verdicts].map((name) => (
          <label key={name ?? 'all'} className="chip">
            <input type="radio" name="verdict" checked={verdict === name} onChange={() => setVerdict(name)} />
            {name ? words[name] : d.all}
            <span className="num soft">{now ? number(name ? now.counts[name] : (all ?? 0)) : '–'}</span>
          </label>
        ))}
      </fieldset>
      {within ? (
        <p className="picked-one">
          <strong className="grow clip">{d.in(within.name)}</strong>
          <button type="button" className="button quiet small" onClick={() => setWithin(undefined)}>
            <X size={16} aria-hidden />
            {d.whole}
          </button>
        </p>
      ) : (
        <UnitPicker label={d.find} onPick={setWithin} />
      )}
      {pages.phase === 'loading' && <p className="soft">{lists.loading}</p>}
      {pages.phase === 'failed' && <p className="stale">{lists.failed(sentence(pages.error, t))}</p>}
      {pages.phase === 'ready' && pages.items.length === 0 && <p className="soft empty">{lists.none}</p>}
      {pages.items.length > 0 && (
        <table className="attendance">
          <caption className="unseen">{d.title}</caption>
          <thead>
            <tr>
              <th scope="col">{d.unit}</th>
              <th scope="col">{d.result}</th>
              <th scope="col" className="num">
                {d.share}
              </th>
              <th scope="col" className="num wide-only">
                {d.came}
              </th>
              <th scope="col" className="num wide-only">
                {d.left}
              </th>
              <th scope="col" className="num wide-only">
                {d.quality}
              </th>
            </tr>
          </thead>
          <tbody>
            {pages.items.map((row) => (
              <Row key={row.unit} briefing={briefing} row={row} within={roster?.within(row.path)} onOpen={onOpen} />
            ))}
          </tbody>
        </table>
      )}
      <More of={pages} />
    </>
  );
}

/** Before the start nobody has these verdicts but by a correction, or an excuse. */
const asExceptions: ReadonlySet<AttendanceVerdict> = new Set(['present', 'excused']);

interface RowProps {
  readonly briefing: Briefing;
  readonly row: AttendanceRow;
  readonly within: string | undefined;
  readonly onOpen: (unit: string) => void;
}

function Row({ briefing, row, within, onOpen }: RowProps) {
  const { t: d } = useText(attendanceDeskWords);
  const { number, time } = useFormats();
  const { said, Icon, tone } = useStanding(briefing)(row);
  return (
    <tr>
      <th scope="row">
        <button type="button" aria-label={d.openUnit(row.name)} onClick={() => onOpen(row.unit)}>
          <span>
            {row.name}
            <small className="soft">{within}</small>
          </span>
        </button>
      </th>
      <td>
        <span className={`verdict ${tone}`}>
          <Icon size={18} aria-hidden />
          {said}
          {row.correction && <span className="tag">{d.corrected}</span>}
        </span>
        {row.answered === false && <small className="soft">{d.noAnswer}</small>}
      </td>
      <td className="num">{isJudged(briefing) ? d.percent(number(row.share)) : '–'}</td>
      <td className="num wide-only">{row.firstIn ? time(row.firstIn) : d.never}</td>
      <td className="num wide-only">{row.lastOut ? time(row.lastOut) : row.firstIn ? d.still : '–'}</td>
      <td className="num wide-only">{row.quality === null ? '–' : d.percent(number(row.quality))}</td>
    </tr>
  );
}
