import { assertNever } from '../../lib/assertNever.ts';
import { isRehearsal } from '../../protocol/briefing.ts';
import type { AttendanceService } from '../attendance/AttendanceService.ts';
import type { DirectiveStore } from '../directive/ports.ts';
import type { RoundStore } from '../rollcall/ports.ts';
import { RoundBoard } from '../rollcall/RoundBoard.ts';
import { attendanceColumns, directiveColumns, type EntryLine, type FollowLine, roundColumns } from './columns.ts';
import { isOfSession } from './heldSessions.ts';
import type { Piece, ReportIndex, ReportOrder } from './ports.ts';
import type { SessionReports } from './SessionReports.ts';
import { peopleColumns, presenceColumns } from './sessionColumns.ts';
import { type Row, type Source, type Table, tableOf } from './table.ts';
import { nameOfTable, type Words, wordsIn } from './words.ts';

type AboutSession = Extract<ReportOrder['about'], { kind: 'session' }>;

/** Rows that are read and written in one go. */
const AT_ONCE = 500;

export interface TableParts {
  readonly attendance: Pick<AttendanceService, 'sheet'>;
  readonly rounds: Pick<RoundStore, 'load' | 'look'>;
  readonly directives: Pick<DirectiveStore, 'find' | 'page'>;
  readonly index: ReportIndex;
  readonly sessions: Pick<SessionReports, 'find' | 'presence' | 'people'>;
  readonly names: { name(code: string): string | undefined };
}

/** RP8: what each kind of report says. */
export class ReportTables {
  readonly #o: TableParts;

  constructor(parts: TableParts) {
    this.#o = parts;
  }

  /** @throws DomainError `not-found` */
  async of(order: Pick<ReportOrder, 'about' | 'territory' | 'language'>): Promise<Table> {
    const table = await this.#table(order);
    const tried = 'briefing' in order.about && isRehearsal(order.about.briefing);
    return tried ? marked(table, wordsIn[order.language].rehearsal) : table;
  }

  async #table({ about, territory, language }: Parameters<ReportTables['of']>[0]): Promise<Table> {
    const words = wordsIn[language];
    const above = this.#above;
    const name = nameOfTable(words, about);
    switch (about.kind) {
      case 'attendance': {
        const sheet = await this.#o.attendance.sheet(about.briefing, territory);
        return tableOf(name, attendanceColumns(words, above, sheet.course), sheet);
      }
      case 'rounds': {
        const rounds = await this.#o.index.rounds(about.briefing, territory);
        return tableOf(name, roundColumns(words, above), this.#ofRounds(rounds, territory));
      }
      case 'directives':
      case 'directive': {
        const { kind: _, ...which } = about;
        const directives = await this.#o.index.directives(which, territory);
        return tableOf(name, directiveColumns(words, above), this.#ofDirectives(directives, territory));
      }
      case 'session':
        return this.#session(about, territory, words);
      default:
        return assertNever(about);
    }
  }

  /** TR18 */
  async #session({ briefing, unit, part, kind }: AboutSession, territory: string, words: Words): Promise<Table> {
    const { sessions, index } = this.#o;
    const found = await sessions.find(briefing, unit, territory);
    const { session } = found;
    const { path } = session;
    const above = this.#above;
    const name = nameOfTable(words, { kind, part });
    switch (part) {
      case 'presence':
        return tableOf(name, presenceColumns(words, above), await sessions.presence(briefing, found));
      case 'people':
        return tableOf(name, peopleColumns(words, above, this.#name), sessions.people(found, territory));
      case 'rounds': {
        const rounds = (await index.rounds(briefing, path)).filter((round) => isOfSession(session, round));
        return tableOf(name, roundColumns(words, above), this.#ofRounds(rounds, path));
      }
      case 'directives': {
        const given = await index.directives({ briefing }, path);
        const its = given.filter((directive) => isOfSession(session, directive));
        return tableOf(name, directiveColumns(words, above), this.#ofDirectives(its, path));
      }
      default:
        return assertNever(part);
    }
  }

  #ofRounds(rounds: readonly Piece[], territory: string): Source<EntryLine> {
    return inTurn(rounds, (id) => this.#entries(id, territory));
  }

  #ofDirectives(directives: readonly Piece[], territory: string): Source<FollowLine> {
    return inTurn(directives, (id) => this.#follows(id, territory));
  }

  readonly #name = (code: string): string => this.#o.names.name(code) ?? code;
  readonly #above = (path: string) => path.split('.').slice(1, -1).map(this.#name);

  async *#entries(id: string, territory: string): AsyncGenerator<EntryLine[]> {
    const [whole, seen] = [await this.#o.rounds.load(id), await this.#o.rounds.look(id)];
    if (!whole || !seen) return;
    const board = new RoundBoard(whole, seen.now);
    const round = board.forOfficials();
    const units = board.unitsIn(territory);
    for (let i = 0; i < units.length; i += AT_ONCE)
      yield units.slice(i, i + AT_ONCE).map((unit) => {
        return { round, entry: board.entryOf(unit), unitName: this.#name(unit.unit) };
      });
  }

  async *#follows(id: string, territory: string): AsyncGenerator<FollowLine[]> {
    const directive = await this.#o.directives.find(id);
    if (!directive) return;
    const all = { root: territory, state: undefined, timing: undefined, limit: AT_ONCE };
    let after: string | undefined;
    do {
      const page = await this.#o.directives.page(id, { ...all, after });
      yield page.follows.map((follow) => ({ directive, follow }));
      after = page.next ?? undefined;
    } while (after !== undefined);
  }
}

/** RH4: each row says that it is of a rehearsal, whatever becomes of the file's name. */
function marked(table: Table, words: { readonly title: string; readonly value: string }): Table {
  async function* rows(): AsyncGenerator<readonly Row[]> {
    for await (const some of table.rows) yield some.map((row) => [words.value, ...row]);
  }
  const column = { title: words.title, kind: 'text', width: 14 } as const;
  return { ...table, name: `${words.value} - ${table.name}`, columns: [column, ...table.columns], rows: rows() };
}

function inTurn<R>(pieces: readonly Piece[], read: (id: string) => AsyncIterable<readonly R[]>): Source<R> {
  async function* rows(): AsyncGenerator<readonly R[]> {
    for (const { id } of pieces) yield* read(id);
  }
  return { total: pieces.reduce((sum, piece) => sum + piece.rows, 0), rows: rows() };
}
