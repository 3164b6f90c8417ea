import { vietNamTime } from '../../lib/vietNamTime.ts';
import type { Logger } from '../../observability/logger.ts';
import { type Briefing, isRehearsal, type Language } from '../../protocol/briefing.ts';
import { refuse } from '../../protocol/errors.ts';
import type { SelectedUnit } from '../../protocol/figureSelection.ts';
import type { Call } from '../../protocol/floor.ts';
import type { Minutes, MinutesState } from '../../protocol/minutes.ts';
import type { Account, UnitCode, UnitPath } from '../../protocol/organisation.ts';
import type { AttendanceService } from '../attendance/AttendanceService.ts';
import type { DirectiveStore } from '../directive/ports.ts';
import type { SelectionStore } from '../figure/selection/ports.ts';
import type { QuestionReader } from '../question/ports.ts';
import type { ReportIndex } from '../report/ports.ts';
import type { RoundStore } from '../rollcall/ports.ts';
import { RoundBoard } from '../rollcall/RoundBoard.ts';
import { at, demand } from '../shared/rights.ts';
import { liesIn } from '../shared/territory.ts';
import { sees, sightOf, viewerOf } from '../shared/whoSeesWhom.ts';
import { basisOf } from './basisOf.ts';
import { buildDocument } from './buildDocument.ts';
import { itemTimesOf } from './itemTimes.ts';
import { MOST_READS, MOST_STAGED, MOST_WAITING } from './limits.ts';
import type { DirectiveFact, MinutesFacts, MinutesStore, NamedUnit, RoundFact, StagedActs } from './ports.ts';
import { sessionsOf, type UnitSession } from './sessions.ts';
import { type SpeechesByStage, type StageAct, speechesByStage, speechesOf } from './speeches.ts';
import { toDocx } from './toDocx.ts';
import { toPdf } from './toPdf.ts';
import { minutesWords } from './words.ts';

export const minutesTypes = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
} as const;
type Format = keyof typeof minutesTypes;

export interface MinutesParts {
  readonly store: MinutesStore;
  readonly attendance: Pick<AttendanceService, 'sheet'>;
  readonly rounds: Pick<RoundStore, 'load' | 'look'>;
  readonly directives: Pick<DirectiveStore, 'find'>;
  readonly selections: Pick<SelectionStore, 'find' | 'units'>;
  readonly questions: QuestionReader;
  readonly calls: { calls(briefing: string): Promise<readonly Call[]> };
  readonly index: ReportIndex;
  readonly names: { name(code: string): string | undefined };
  readonly log: Logger;
  /** May they see it? @throws DomainError `not-found`, `outside-territory` */
  readonly readBriefing: (account: Account, id: string) => Promise<Briefing>;
}

/** Language left out: that of the briefing. Session: of which unit (TR17). */
interface Wanted {
  readonly language?: Language | undefined;
  readonly session?: UnitCode | undefined;
}

/** What minutes are made of, and for whom. */
interface Subject {
  readonly account: Account;
  readonly briefing: Briefing;
  readonly session: UnitSession | undefined;
}

interface MinutesFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/** MN: what a briefing was, from its record, to be signed. */
export class MinutesDesk {
  readonly #o: MinutesParts;
  /** MN8: one file at a time; whoever asks for the same meanwhile gets the same. */
  readonly #making = new Map<string, Promise<MinutesFile>>();
  #work: Promise<unknown> = Promise.resolve();

  constructor(parts: MinutesParts) {
    this.#o = parts;
  }

  /** MN2, MN4, MN7: what a page shows. @throws DomainError `not-found`, `forbidden`, `outside-territory` */
  async outline(account: Account, id: string): Promise<Minutes> {
    const briefing = await this.#read(account, id);
    const { store } = this.#o;
    const state = await this.#state(briefing);
    const [acts, seal] = [await store.stageActs(id), await store.head(id)];
    const extract = this.#extract(account, briefing);
    const said = briefing.closedAt === null ? NOTHING : speechesByStage(acts, briefing.closedAt, await store.cards(id));
    return {
      state,
      extract: extract ? { unit: extract.unit, name: extract.name } : null,
      speeches: [...(said.get(undefined) ?? [])],
      sessions: this.#sessions(account, briefing, acts, said).map(({ path, ...session }) => {
        return { ...session, speeches: said.get(path)?.length ?? 0 };
      }),
      seal: seal ?? null,
    };
  }

  /** @throws DomainError as `outline`, `conflict` when there are none (yet), `busy` */
  async file(
    account: Account,
    id: string,
    format: Format,
    { language, session: of }: Wanted = {},
  ): Promise<MinutesFile> {
    const briefing = await this.#read(account, id);
    const state = await this.#state(briefing);
    if (state !== 'ready') throw refuse('conflict', refusals[state]);
    const wanted = language ?? briefing.language;
    const key = [id, account.unit.path, format, wanted, of].join(' ');
    const known = this.#making.get(key);
    if (known) return known;
    if (this.#making.size >= MOST_WAITING) throw refuse('busy', 'too many files wait to be made: ask again later');
    const made = this.#work.then(async () => {
      const session = of === undefined ? undefined : await this.#session(account, briefing, of);
      return this.#make({ account, briefing, session }, format, wanted);
    });
    this.#making.set(key, made);
    this.#work = made.catch(() => undefined).finally(() => this.#making.delete(key));
    return made;
  }

  /** Resolves when what is under way is made. May run twice. */
  async close(): Promise<void> {
    await this.#work;
  }

  async #read(account: Account, id: string): Promise<Briefing> {
    demand(account, 'minutes.read', at(account.unit.path));
    return this.#o.readBriefing(account, id);
  }

  /** MN2 */
  async #state({ id, state, liveAt }: Briefing): Promise<MinutesState> {
    if (state !== 'closed') return 'not-over';
    if (liveAt === null) return 'not-held';
    return (await this.#o.store.sheet(id)) ? 'ready' : 'measuring';
  }

  /** MN5: whoever's territory does not hold the whole scope gets the part that it holds. */
  #extract({ unit: { code, path } }: Account, { scope }: Briefing): NamedUnit | undefined {
    const home = new Set([path]);
    if (scope.every((part) => liesIn(part, home))) return undefined;
    return { unit: code, path, name: this.#name(code) };
  }

  /** TR17: those of the territory, when the briefing is over. */
  #sessions(
    { unit: { path: territory } }: Account,
    { closedAt }: Briefing,
    acts: readonly StageAct[],
    said?: SpeechesByStage,
  ): UnitSession[] {
    if (closedAt === null) return [];
    const home = new Set([territory]);
    return sessionsOf(acts, closedAt, said).filter(({ path }) => liesIn(path, home));
  }

  /** @throws DomainError `not-found` */
  async #session(account: Account, briefing: Briefing, unit: UnitCode): Promise<UnitSession> {
    const held = this.#sessions(account, briefing, await this.#o.store.stageActs(briefing.id));
    const found = held.find((session) => session.unit === unit);
    if (!found) throw refuse('not-found', 'no session of this unit was held in your territory');
    return found;
  }

  async #make(of: Subject, format: Format, language: Language): Promise<MinutesFile> {
    const began = performance.now();
    const { account, briefing, session } = of;
    const facts = await this.#facts(of, language);
    const minutes = buildDocument(facts);
    const bytes = format === 'pdf' ? await toPdf(minutes) : Buffer.concat(await all(toDocx(minutes)));
    const words = minutesWords[language];
    const tried = isRehearsal(briefing.id) ? words.rehearsalFile : '';
    const whose = session ? `${words.sessionFile}-${session.unit}` : account.unit.code;
    const name = `${tried}${words.file}-${whose}-${vietNamTime(facts.seal.at).slice(0, 10)}-${facts.seal.nr}.${format}`;
    const ms = Math.round(performance.now() - began);
    this.#o.log.info(
      { briefing: briefing.id, format, units: facts.attendance.length, bytes: bytes.length, ms },
      'minutes made',
    );
    return { name, type: minutesTypes[format], bytes };
  }

  /** MN7: all of it as of one seal: read anew when somebody recorded meanwhile. @throws DomainError `busy` */
  async #facts({ account, briefing, session }: Subject, language: Language): Promise<MinutesFacts> {
    const { store } = this.#o;
    const extract = session ? undefined : this.#extract(account, briefing);
    const { id } = briefing;
    for (let tries = 0; tries < MOST_READS; tries++) {
      const seal = await store.head(id);
      const facts = await (session ? this.#gatherSession(account, briefing, session) : this.#gather(account, briefing));
      const now = await store.head(id);
      if (seal && facts && now?.hash === seal.hash)
        return { ...facts, briefing, language, seal, extract, session, nameOf: this.#name };
    }
    throw refuse('busy', 'the record of this briefing is being added to: ask again in a moment');
  }

  /** TR17: as an extract of its territory, and of that what was done in the session. */
  async #gatherSession(account: Account, briefing: Briefing, session: UnitSession) {
    const { path, unit, name, times } = session;
    const facts = await this.#gather({ ...account, unit: { ...account.unit, code: unit, path, name } }, briefing);
    if (!facts) return undefined;
    const home = new Set([path]);
    const isDuring = (at: string) =>
      times.some(({ from, to }) => Date.parse(from) <= Date.parse(at) && Date.parse(at) <= Date.parse(to));
    return {
      ...{ ...facts, items: [], questions: [], staged: NONE_STAGED },
      speeches: speechesOf(await this.#o.store.stageActs(briefing.id), briefing.closedAt as string, path),
      calls: facts.calls.filter(({ stage }) => stage === path),
      rounds: facts.rounds.filter(
        ({ round }) => isDuring(round.openedAt) && round.scope.every((part) => liesIn(part, home)),
      ),
      directives: facts.directives.filter(
        ({ directive }) => isDuring(directive.issuedAt) && liesIn(directive.issuer.path, home),
      ),
    };
  }

  async #gather(account: Account, { id, closedAt }: Briefing) {
    const { store, attendance, calls, index, directives, questions } = this.#o;
    const territory = account.unit.path;
    const sheet = await store.sheet(id);
    if (!sheet || closedAt === null) return undefined;
    const rows = await all((await attendance.sheet(id, territory)).rows);
    const sight = sightOf(viewerOf(account));
    const given: DirectiveFact[] = [];
    for (const { id: directive, rows: addressees } of await index.directives({ briefing: id }, territory)) {
      const found = await directives.find(directive);
      if (!found) continue;
      // FG29: whatever else the selection has, it reaches no further than whoever gave it.
      const home = new Set([found.issuer.path]);
      const isReached = ({ path }: SelectedUnit) => liesIn(path, home);
      given.push({ directive: found, addressees, ...(await this.#basis(found.selection, territory, isReached)) });
    }
    const rounds: RoundFact[] = [];
    for (const { id: round } of await index.rounds(id, territory)) {
      const fact = await this.#round(round, territory);
      if (fact) rounds.push(fact);
    }
    return {
      ...{ sheet, attendance: rows.flat(), rounds, directives: given },
      clockSteps: await store.clockSteps(id),
      seen: await store.seen(id),
      staged: await store.staged(id, MOST_STAGED),
      items: itemTimesOf(await store.itemActs(id), closedAt),
      speeches: speechesOf(await store.stageActs(id), closedAt, undefined, await store.cards(id)),
      questions: await questions.questionsOf(id, territory),
      calls: (await calls.calls(id)).filter((call) => sees(sight, 'call', call)),
    };
  }

  async #basis(
    id: string | undefined,
    territory: UnitPath,
    isReached: (unit: SelectedUnit) => boolean,
  ): Promise<Pick<DirectiveFact, 'basis'>> {
    const selection = id === undefined ? undefined : await this.#o.selections.find(id);
    if (!selection) return {};
    const basis = basisOf(selection, await this.#o.selections.units(selection.id, territory), isReached);
    return basis ? { basis } : {};
  }

  async #round(id: string, territory: UnitPath): Promise<RoundFact | undefined> {
    const { rounds } = this.#o;
    const [whole, seen] = [await rounds.load(id), await rounds.look(id)];
    if (!whole || !seen) return undefined;
    const board = new RoundBoard(whole, seen.now);
    const [count] = board.counts(territory);
    if (!count) return undefined;
    const { expected: asked, answered, late, substituted, official, excused, unconfirmed, absent, called } = count;
    const units = board.unitsIn(territory);
    const entries = units.map((unit) => board.entryOf(unit));
    const codes = new Set(units.map(({ unit }) => unit));
    return {
      ...{ round: board.forOfficials(), asked, late, official, excused, unconfirmed, absent: absent + called },
      answered: answered + late + substituted + official,
      away: entries
        .filter(({ away }) => away)
        .map(({ unit, path, note }) => ({ path, name: this.#name(unit), reason: note ?? '' })),
      quorum: board.quorum(territory)?.satisfied,
      sum: board.sums?.rows(territory)[0],
      ...(await this.#basis(whole.round.selection, territory, ({ unit }) => codes.has(unit))),
      corrected: entries.filter(({ own }) => (own?.nr ?? 0) > 1).length,
      resubmitted: entries.filter(({ resubmittedAt }) => resubmittedAt !== undefined).length,
    };
  }

  readonly #name = (code: string): string => this.#o.names.name(code) ?? code;
}

/** What all saw is of the briefing, and not of a session. */
const NONE_STAGED: StagedActs = { acts: [], more: 0 };
const NOTHING: SpeechesByStage = new Map();

const refusals: Readonly<Record<Exclude<MinutesState, 'ready'>, string>> = {
  'not-held': 'this briefing was not held',
  'not-over': 'minutes are made when the briefing is over',
  measuring: 'the attendance of this briefing is still being closed: ask again in some seconds',
};

async function all<T>(pieces: AsyncIterable<T>): Promise<T[]> {
  const gathered: T[] = [];
  for await (const piece of pieces) gathered.push(piece);
  return gathered;
}
