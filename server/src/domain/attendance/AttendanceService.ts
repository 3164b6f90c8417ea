import type { z } from 'zod';
import type {
  AttendanceRow,
  AttendanceVerdict,
  attendancePageSchema,
  attendanceQuerySchema,
  attendanceTimelineSchema,
  correctAttendanceSchema,
  correctedSchema,
} from '../../protocol/attendance.ts';
import { refuse } from '../../protocol/errors.ts';
import type { Account } from '../../protocol/organisation.ts';
import { pageOf } from '../organisation/pathOrder.ts';
import { at, demand } from '../shared/rights.ts';
import type { AttendanceBook, FrameNow } from './AttendanceBook.ts';
import { decideCorrection } from './corrections.ts';
import { intervalsOf } from './intervals.ts';
import { FRESH_MS, FRESH_TIMES } from './limits.ts';
import type { AttendanceStore, Correction, MeasuredRow, UnitSpells } from './ports.ts';
import { liveMsOf, qualityByMinute, withinFrame } from './summarise.ts';

type Query = z.output<typeof attendanceQuerySchema>;
type Page = z.output<typeof attendancePageSchema>;
type Whole = Pick<Page, 'at' | 'rule' | 'liveSeconds'> & { readonly rows: readonly AttendanceRow[] };
type Timeline = z.output<typeof attendanceTimelineSchema>;

/** AT9: whether there is a verdict: not before a briefing is live, and not of one that never was. */
export type Course = 'before' | 'live' | 'never-live';

interface Measurement {
  readonly frame: FrameNow;
  readonly rows: readonly MeasuredRow[];
}

/** Attendance as officials read and correct it. */
export class AttendanceService {
  readonly #book: AttendanceBook;
  readonly #store: AttendanceStore;
  readonly #paths: { path(code: string): string | undefined };
  /** By briefing and root. */
  readonly #recent = new Map<string, { readonly measurement: Promise<Measurement>; until: number }>();

  constructor(parts: {
    book: AttendanceBook;
    store: AttendanceStore;
    paths: { path(code: string): string | undefined };
  }) {
    this.#book = parts.book;
    this.#store = parts.store;
    this.#paths = parts.paths;
  }

  /** AT12. @throws DomainError `not-found`, `forbidden`, `outside-territory` */
  async page(account: Account, briefing: string, query: Query): Promise<Page> {
    const { rows: all, ...measured } = await this.whole(account, briefing, query.root);
    const counts: Record<AttendanceVerdict, number> = { present: 0, partial: 0, absent: 0, excused: 0 };
    for (const row of all) counts[verdictOf(row)] += 1;
    const matching = all.filter((row) => query.verdict === undefined || verdictOf(row) === query.verdict);
    const { items, total, next } = pageOf(matching, query.after, query.limit);
    return { ...measured, counts, rows: [...items], total, next };
  }

  /** All rows below the root; without one, of the account's territory. @throws DomainError as `page` */
  async whole(account: Account, briefing: string, code?: string): Promise<Whole> {
    const root = this.#root(account, code);
    const { frame, rows } = await this.#measure(briefing, root);
    const corrected = await this.#corrected(briefing, root === account.unit.path ? undefined : rows);
    return {
      at: iso(frame.until),
      rule: frame.rule,
      liveSeconds: secondsLive(frame),
      rows: rows.map((row) => toRow(row, corrected.get(row.unit))),
    };
  }

  /** The same as a stream, some hundreds at a time, for whoever has the right already. @param root a path */
  async sheet(
    briefing: string,
    root: string,
  ): Promise<{ course: Course; total: number; rows: AsyncIterable<readonly AttendanceRow[]> }> {
    const expected = await this.#store.expected(briefing, root);
    const { liveAt, closed } = await this.#book.frame(briefing);
    const course = liveAt !== null ? 'live' : closed ? 'never-live' : 'before';
    return { course, total: expected.length, rows: this.#rows(briefing, root) };
  }

  /**
   * When each expected unit below the root was there, in path order, for whoever has the right already.
   * @returns `until`: how far it is known, ms
   */
  async spells(
    briefing: string,
    root: string,
  ): Promise<{ total: number; until: number; rows: AsyncIterable<readonly UnitSpells[]> }> {
    const units = await this.#store.expected(briefing, root);
    const frame = await this.#book.frame(briefing);
    return { total: units.length, until: frame.until, rows: this.#book.spells(briefing, frame, units) };
  }

  async *#rows(briefing: string, root: string): AsyncGenerator<readonly AttendanceRow[]> {
    const frame = await this.#book.frame(briefing);
    for await (const rows of this.#book.rows(briefing, frame, root)) {
      const corrected = await this.#corrected(briefing, rows);
      yield rows.map((row) => toRow(row, corrected.get(row.unit)));
    }
  }

  /** @throws DomainError `not-found`, `forbidden`, `outside-territory` */
  async timeline(account: Account, briefing: string, unit: string): Promise<Timeline> {
    const expected = await this.#book.expected(briefing, unit);
    demand(account, 'attendance.read', at(expected.path));
    const frame = await this.#book.frame(briefing);
    const { row, facts } = await this.#book.unit(briefing, frame, unit);
    const corrections = await this.#store.correctionsOf(briefing, unit);
    const merged = (line: 'channel' | 'media') =>
      withinFrame(intervalsOf(facts.events, frame.boots, line), frame, this.#book.gapMs);
    const media = merged('media');
    const drawn = [...merged('channel').map(drawAs('channel', frame)), ...media.map(drawAs('media', frame))];
    return {
      row: toRow(row, corrections.at(-1)),
      openedAt: frame.openedAt === null ? null : iso(frame.openedAt),
      liveAt: frame.liveAt === null ? null : iso(frame.liveAt),
      until: iso(frame.until),
      intervals: drawn,
      quality: qualityByMinute(media, facts.weak).map(({ at, percent }) => ({ at: iso(at), percent })),
      corrections: corrections.map(({ unit: _, ...correction }) => correction),
    };
  }

  /** AT10. @throws DomainError `not-found`, `forbidden`, `outside-territory`, `conflict` */
  async correct(
    account: Account,
    briefing: string,
    unit: string,
    { key, verdict, reason }: z.output<typeof correctAttendanceSchema>,
  ): Promise<z.output<typeof correctedSchema>> {
    const expected = await this.#book.expected(briefing, unit);
    demand(account, 'attendance.correct', at(expected.path));
    const wanted = { key, briefing, unit, verdict, reason, account: account.id, by: account.name };
    const receipt = await this.#store.correct(wanted, (first) => decideCorrection(wanted, first));
    const frame = await this.#book.frame(briefing);
    const { row } = await this.#book.unit(briefing, frame, unit);
    const [correction] = await this.#store.corrections(briefing, [unit]);
    return { row: toRow(row, correction), receipt };
  }

  /**
   * The path of the root that an official reads; without one, that of their own territory.
   * @throws DomainError as `page`
   */
  #root(account: Account, code?: string): string {
    const path = code === undefined ? account.unit.path : this.#paths.path(code);
    if (path === undefined) throw refuse('not-found', `there is no unit ${code}`);
    demand(account, 'attendance.read', at(path));
    return path;
  }

  /** What was measured a moment ago will do; those who ask while it is measured share it. */
  #measure(briefing: string, root: string): Promise<Measurement> {
    for (const [key, { until }] of this.#recent) if (until < performance.now()) this.#recent.delete(key);
    const key = `${briefing} ${root}`;
    const known = this.#recent.get(key);
    if (known) return known.measurement;
    const begin = performance.now();
    const recent = { measurement: this.#read(briefing, root), until: Number.POSITIVE_INFINITY };
    this.#recent.set(key, recent);
    recent.measurement.then(
      () => {
        const now = performance.now();
        recent.until = now + Math.max(FRESH_MS, FRESH_TIMES * (now - begin));
      },
      () => this.#recent.delete(key),
    );
    return recent.measurement;
  }

  async #read(briefing: string, root: string): Promise<Measurement> {
    const frame = await this.#book.frame(briefing);
    const rows: MeasuredRow[] = [];
    for await (const some of this.#book.rows(briefing, frame, root)) rows.push(...some);
    return { frame, rows };
  }

  async #corrected(briefing: string, rows: readonly MeasuredRow[] | undefined): Promise<Map<string, Correction>> {
    const units = rows?.map((row) => row.unit);
    const corrections = await this.#store.corrections(briefing, units);
    return new Map(corrections.map((correction) => [correction.unit, correction]));
  }
}

const iso = (ms: number): string => new Date(ms).toISOString();
const secondsLive = (frame: FrameNow): number => frame.sheet?.liveSeconds ?? Math.floor(liveMsOf(frame) / 1000);
/** The corrected one, if there is one. */
export const verdictOf = (row: AttendanceRow): AttendanceVerdict => row.correction?.verdict ?? row.measured;

const drawAs =
  (line: 'channel' | 'media', frame: FrameNow) =>
  ({ from, to, cut, open }: ReturnType<typeof withinFrame>[number]) => {
    return { line, from: iso(from), to: open && !frame.closed ? null : iso(to), cut };
  };

function toRow({ verdict, firstIn, lastOut, ...row }: MeasuredRow, correction: Correction | undefined): AttendanceRow {
  return {
    ...row,
    firstIn: firstIn === null ? null : iso(firstIn),
    lastOut: lastOut === null ? null : iso(lastOut),
    measured: verdict,
    correction: correction ? { ...correctionOf(correction) } : null,
  };
}

const correctionOf = ({ verdict, reason, by, at }: Correction) => ({ verdict, reason, by, at });
