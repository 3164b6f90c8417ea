import type { AttendanceRow } from '../../protocol/attendance.ts';
import type { Briefing } from '../../protocol/briefing.ts';
import type { Call } from '../../protocol/floor.ts';
import type { Account, UnitPath } from '../../protocol/organisation.ts';
import type { BriefingSummary, TerritorySummary } from '../../protocol/report.ts';
import { type AttendanceService, verdictOf } from '../attendance/AttendanceService.ts';
import { rowsOf } from '../directive/DirectiveProgress.ts';
import type { DirectiveStore } from '../directive/ports.ts';
import { CountTree } from '../organisation/CountTree.ts';
import { countQuestions } from '../question/countQuestions.ts';
import type { QuestionReader } from '../question/ports.ts';
import type { RoundStore } from '../rollcall/ports.ts';
import { RoundBoard } from '../rollcall/RoundBoard.ts';
import { toldCount } from '../rollcall/told.ts';
import { at, demand } from '../shared/rights.ts';
import { sees, sightOf, viewerOf } from '../shared/whoSeesWhom.ts';
import type { ReportIndex } from './ports.ts';
import { summaryCall } from './summaryCall.ts';

export interface SummaryParts {
  readonly attendance: Pick<AttendanceService, 'whole'>;
  readonly rounds: Pick<RoundStore, 'load' | 'look' | 'entriesSince'>;
  readonly directives: Pick<DirectiveStore, 'find' | 'counts'>;
  readonly calls: { calls(briefing: string): Promise<readonly Call[]> };
  readonly questions: QuestionReader;
  readonly index: ReportIndex;
  readonly names: { name(code: string): string | undefined };
  /** May they see it? @throws DomainError `not-found`, `outside-territory` */
  readonly readBriefing: (account: Account, id: string) => Promise<Briefing>;
}

type RoundSummary = BriefingSummary['rounds'][number];

/**
 * Of a round that is closed ten thousand entries are added up once for each territory, and again when there is another:
 * numbers are changed afterwards (FG30), and answers sent again after a restore.
 */
const CLOSED_KEPT = 1_000;
interface Closed {
  readonly summary: RoundSummary;
  /** Of the last entry in it. */
  readonly seq: number;
}

/** RP9: a briefing on one page, as far as it concerns a territory. */
export class Summaries {
  readonly #o: SummaryParts;
  /** By round and territory. */
  readonly #closed = new Map<string, Closed>();

  constructor(parts: SummaryParts) {
    this.#o = parts;
  }

  /** @throws DomainError `not-found`, `forbidden`, `outside-territory` */
  async read(account: Account, id: string): Promise<BriefingSummary> {
    demand(account, 'report.make', at(account.unit.path));
    const sight = sightOf(viewerOf(account));
    const briefing = await this.#o.readBriefing(account, id);
    const { rows, ...measured } = await this.#o.attendance.whole(account, id);
    return {
      briefing,
      ...measured,
      territories: this.#territories(account.unit.path, rows),
      rounds: await this.#rounds(account, id),
      calls: (await this.#o.calls.calls(id)).filter((call) => sees(sight, 'call', call)).map(summaryCall),
      directives: await this.#directives(account, id),
      questions: countQuestions(await this.#o.questions.questionsOf(id, account.unit.path)),
    };
  }

  #territories(root: string, rows: readonly AttendanceRow[]): TerritorySummary[] {
    const keys = ['came', 'present', 'partial', 'absent', 'excused'] as const;
    const tree = new CountTree(
      keys,
      rows.map(({ path }) => path),
    );
    for (const row of rows) tree.add(row.path, { came: row.firstIn === null ? 0 : 1, [verdictOf(row)]: 1 });
    return tree.rows(root).map(({ unit, expected, came, ...attendance }) => {
      return { unit, name: this.#name(unit), expected, came, attendance };
    });
  }

  async #rounds({ unit }: Account, briefing: string): Promise<BriefingSummary['rounds']> {
    const summaries: BriefingSummary['rounds'] = [];
    for (const { id } of await this.#o.index.rounds(briefing, unit.path)) {
      const summary = (await this.#known(id, unit.path)) ?? (await this.#round(id, unit.path));
      if (summary) summaries.push(summary);
    }
    return summaries;
  }

  async #known(id: string, territory: UnitPath): Promise<RoundSummary | undefined> {
    const known = this.#closed.get(`${id} ${territory}`);
    if (!known) return undefined;
    return (await this.#o.rounds.entriesSince(id, known.seq)).length === 0 ? known.summary : undefined;
  }

  async #round(id: string, territory: UnitPath): Promise<RoundSummary | undefined> {
    const [whole, seen] = [await this.#o.rounds.load(id), await this.#o.rounds.look(id)];
    if (!whole || !seen) return undefined;
    const board = new RoundBoard(whole, seen.now);
    const [total] = board.counts(territory);
    if (!total) return undefined;
    const sum = board.sums?.rows(territory)[0];
    const summary = { round: board.forOfficials(), total: toldCount(total), ...(sum && { sum }) };
    if (whole.round.closedAt === null) return summary;
    if (this.#closed.size >= CLOSED_KEPT) this.#closed.clear();
    this.#closed.set(`${id} ${territory}`, { summary, seq: board.seq });
    return summary;
  }

  async #directives({ unit }: Account, briefing: string): Promise<BriefingSummary['directives']> {
    const summaries: BriefingSummary['directives'] = [];
    for (const { id } of await this.#o.index.directives({ briefing }, unit.path)) {
      const directive = await this.#o.directives.find(id);
      const { groups } = await this.#o.directives.counts(id, [unit.path]);
      const [total] = rowsOf(groups, this.#name);
      if (directive && total) summaries.push({ directive, total });
    }
    return summaries;
  }

  readonly #name = (code: string): string => this.#o.names.name(code) ?? code;
}
