import { randomUUID } from 'node:crypto';
import type { Logger } from '../../observability/logger.ts';
import type { Briefing } from '../../protocol/briefing.ts';
import { refuse } from '../../protocol/errors.ts';
import type { InvitationPlan, Invitations } from '../../protocol/invitation.ts';
import { type Account, codeOf, type Unit, type UnitCode } from '../../protocol/organisation.ts';
import { inLine } from '../../protocol/placeName.ts';
import type { Accounts } from '../organisation/Accounts.ts';
import type { CodeHashes, CodeStore } from '../organisation/codePorts.ts';
import { codeBegins, newCode } from '../organisation/deviceCode.ts';
import type { Units } from '../organisation/Units.ts';
import { demand } from '../shared/rights.ts';
import { overlap } from '../shared/territory.ts';
import { KEPT_MS, MOST_SLIPS } from './limits.ts';
import type { InvitationStore, InvitedSeat, SheetsElsewhere } from './ports.ts';
import { type Slip, slipSheets } from './slips.ts';
import { invitationWords } from './words.ts';

export interface InvitationParts {
  readonly store: InvitationStore;
  readonly units: Units;
  readonly accounts: Pick<Accounts, 'issueFirstLink'>;
  readonly codes: Pick<CodeStore, 'issue'>;
  readonly codeHashes: Pick<CodeHashes, 'of'>;
  readonly publicUrl: string;
  /** Whom units ring. */
  readonly supportTelephone: string | null;
  readonly log: Logger;
  readonly elsewhere: SheetsElsewhere;
  /** May they see it? @throws DomainError `not-found`, `outside-territory` */
  readonly readBriefing: (account: Account, id: string) => Promise<Briefing>;
}

interface Making {
  readonly account: string;
  readonly told: Invitations;
  readonly file: Buffer | undefined;
}

interface Wanted {
  readonly territory: UnitCode;
}

/** What is to be printed, as it was when it was looked at. */
interface Planned {
  readonly briefing: Briefing;
  readonly place: Unit;
  readonly units: readonly Unit[];
  readonly seats: ReadonlyMap<UnitCode, InvitedSeat>;
  /** How many get a first link. */
  readonly links: number;
}

/**
 * IV: invitations of a territory as sheets to print. Links and codes are told once, and only their hashes are kept: so the sheets
 * are made and held in memory alone, for whoever asked, and are gone once they were taken.
 */
export class InvitationDesk {
  readonly #o: InvitationParts;
  readonly #making = new Map<string, Making>();
  /** Accounts whose request is being looked at. */
  readonly #asking = new Set<string>();
  readonly #timers = new Set<NodeJS.Timeout>();
  /** One at a time: a node makes many sheets one after the other. */
  #work: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(parts: InvitationParts) {
    this.#o = parts;
  }

  /**
   * IV1: of two requests that come to two nodes in the same moment each may be told of the other, and neither be done.
   * @throws DomainError `not-found`, `forbidden`, `outside-territory`, `briefing-closed`, `too-large`, `busy`,
   * `store-unavailable` when another node has not said whether it makes some
   */
  async ask(account: Account, id: string, wanted: Wanted): Promise<Invitations> {
    const busy = () => refuse('busy', 'the sheets that were asked for before are still being made');
    if (this.isMaking(account.id)) throw busy();
    this.#asking.add(account.id);
    try {
      if (await this.#o.elsewhere.isMaking(account.id)) throw busy();
      return await this.#ask(account, id, wanted);
    } finally {
      this.#asking.delete(account.id);
    }
  }

  /** Whether any are made for an account here, or looked at. */
  isMaking(account: string): boolean {
    const isMade = [...this.#making.values()].some((one) => one.account === account && one.told.state === 'making');
    return isMade || this.#asking.has(account);
  }

  /**
   * IV7: what would be printed; nothing is issued.
   * @throws DomainError `not-found`, `forbidden`, `outside-territory`, `briefing-closed`, `too-large`
   */
  async plan(account: Account, id: string, wanted: Wanted): Promise<InvitationPlan> {
    const { briefing, units, seats, links } = await this.#plan(account, id, wanted);
    const begins = codeBegins(new Date(briefing.scheduledAt)).toISOString();
    return { units: units.length, links, noSeat: units.length - seats.size, begins };
  }

  async #plan(account: Account, id: string, { territory }: Wanted): Promise<Planned> {
    const briefing = await this.#o.readBriefing(account, id);
    const place = this.#o.units.get(territory);
    demand(account, 'link.issue', { paths: [place.path], role: 'seat' });
    if (briefing.state === 'closed') throw refuse('briefing-closed', 'this briefing is over');
    const below = briefing.scope.flatMap((path) => overlap(path, place.path) ?? []);
    const units = this.#o.units.index.baseUnits(below);
    if (units.length === 0) throw refuse('not-found', 'this briefing expects no unit there');
    if (units.length > MOST_SLIPS)
      throw refuse('too-large', `that is more than ${MOST_SLIPS} units: print a part of it`);
    const seats = new Map((await this.#o.store.seats(units.map(({ code }) => code))).map((seat) => [seat.unit, seat]));
    const links = [...seats.values()].filter((seat) => !seat.hasWayIn).length;
    return { briefing, place, units, seats, links };
  }

  async #ask(account: Account, id: string, wanted: Wanted): Promise<Invitations> {
    const planned = await this.#plan(account, id, wanted);
    const { briefing, place, units, links: issued } = planned;
    const act = { id: randomUUID(), briefing: id, territory: place.path, units: units.length, issued };
    await this.#o.store.record({ ...act, links: 'missing', account: account.id, byName: account.name });
    const codes = await this.#issueCodes(account, planned);
    const fileName = `${invitationWords[briefing.language].file}-${place.code}.pdf`;
    const told: Invitations = { id: act.id, state: 'making', done: 0, of: units.length, issued: 0, fileName };
    this.#making.set(act.id, { account: account.id, told, file: undefined });
    this.#work = this.#work.then(() => this.#make(act.id, briefing, this.#slips(act.id, account, planned, codes)));
    return told;
  }

  /** LK7: a code for each unit that has a seat; those of earlier slips stay good. @returns code by unit */
  async #issueCodes(account: Account, { briefing, place, seats }: Planned): Promise<ReadonlyMap<UnitCode, string>> {
    const codes = new Map([...seats.keys()].map((unit) => [unit, newCode()]));
    const hashed = [...seats.values()].map(({ unit, account: of }) => ({
      account: of,
      hash: this.#o.codeHashes.of(unit, codes.get(unit) ?? ''),
    }));
    const { id, title } = briefing;
    await this.#o.codes.issue(hashed, { briefing: id, title, unit: place.code }, { account: account.id });
    return codes;
  }

  /** @throws DomainError `not-found`, `store-unavailable` when a node has not said whether it has them */
  async read(account: Account, id: string): Promise<Invitations> {
    const told = this.toldHere(account.id, id) ?? (await this.#o.elsewhere.told(account.id, id));
    if (!told) throw refuse('not-found', 'there are no such sheets, or no longer');
    return told;
  }

  /** IV4: to whoever asked, until it was taken whole. @throws DomainError as `read`, `conflict` when it is not ready */
  async take(account: Account, id: string): Promise<{ name: string; size: number; bytes: AsyncIterable<Buffer> }> {
    const { fileName: name } = await this.read(account, id);
    const own = this.fileHere(account.id, id);
    const file = own ?? (await this.#o.elsewhere.file(account.id, id));
    if (!file) throw refuse('conflict', 'the sheets are not ready');
    const taken = () => (own ? this.takenHere(account.id, id) : this.#o.elsewhere.taken(account.id, id));
    async function* pieces(whole: Buffer) {
      for (let at = 0; at < whole.length; at += PIECE) yield whole.subarray(at, at + PIECE);
      await taken();
    }
    return { name, size: file.length, bytes: pieces(file) };
  }

  toldHere(account: string, id: string): Invitations | undefined {
    return this.#find(account, id)?.told;
  }

  /** undefined: it is not ready, or not here */
  fileHere(account: string, id: string): Buffer | undefined {
    return this.#find(account, id)?.file;
  }

  takenHere(account: string, id: string): void {
    if (this.#find(account, id)) this.#making.delete(id);
  }

  /** What is under way stops at the next slip. May run twice. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#work;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#making.clear();
  }

  #find(account: string, id: string): Making | undefined {
    const making = this.#making.get(id);
    return making?.account === account ? making : undefined;
  }

  async #make(id: string, briefing: Briefing, slips: AsyncIterable<Slip>): Promise<void> {
    const { publicUrl, supportTelephone: telephone, log, units, store } = this.#o;
    const began = performance.now();
    try {
      const unit = codeOf(briefing.stage);
      const host = (await store.principalOf(unit)) ?? inLine(units.index.find(unit)?.name ?? unit);
      const count = this.#making.get(id)?.told.of ?? 0;
      const written = (done: number) => this.#tell(id, { done });
      const file = await slipSheets(briefing, slips, { publicUrl, telephone, host, of: count, written });
      this.#tell(id, { state: 'ready' }, file);
      const { of, issued } = this.#making.get(id)?.told ?? {};
      const ms = Math.round(performance.now() - began);
      log.info(
        { invitations: id, briefing: briefing.id, slips: of, links: issued, bytes: file.length, ms },
        'invitations made',
      );
    } catch (err) {
      log.warn(
        { err, invitations: id },
        'invitations could not be made; the links that were issued for them stay unknown',
      );
      this.#tell(id, { state: 'failed' });
    }
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#making.delete(id);
    }, KEPT_MS);
    this.#timers.add(timer.unref());
  }

  async *#slips(
    id: string,
    account: Account,
    { units, seats }: Planned,
    codes: ReadonlyMap<UnitCode, string>,
  ): AsyncGenerator<Slip> {
    let issued = 0;
    for (const unit of units) {
      if (this.#closed) throw new Error('the node closes');
      const to = this.#addressOf(unit);
      const seat = seats.get(unit.code);
      const code = codes.get(unit.code);
      if (!seat || code === undefined) {
        yield { to, way: undefined };
        continue;
      }
      // IV2: decided again when it is issued, since the slip may have waited.
      const link = seat.hasWayIn ? undefined : await this.#o.accounts.issueFirstLink(account, seat.account);
      if (link !== undefined) this.#tell(id, { issued: ++issued });
      yield { to, way: { unit: unit.code, code, link } };
    }
  }

  #tell(id: string, news: Partial<Invitations>, file?: Buffer): void {
    const making = this.#making.get(id);
    if (making) this.#making.set(id, { ...making, told: { ...making.told, ...news }, file: file ?? making.file });
  }

  /** With all names above it, since names of communes repeat. */
  #addressOf({ name, path }: Unit): string {
    const above = path.split('.').slice(1, -1).reverse();
    const names = above.map((code) => this.#o.units.index.find(code)?.name ?? code);
    return `UBND ${[name, ...names].map(inLine).join(', ')}`;
  }
}

const PIECE = 256 * 1024;
