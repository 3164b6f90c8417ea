import { randomUUID } from 'node:crypto';
import { Attachments } from '../../src/domain/directive/Attachments.ts';
import { DirectiveProgress } from '../../src/domain/directive/DirectiveProgress.ts';
import { Directives } from '../../src/domain/directive/Directives.ts';
import { FollowActs } from '../../src/domain/directive/FollowActs.ts';
import { Reminders } from '../../src/domain/directive/Reminders.ts';
import { SelectionBook } from '../../src/domain/figure/selection/SelectionBook.ts';
import { Lists } from '../../src/domain/organisation/Lists.ts';
import { Units } from '../../src/domain/organisation/Units.ts';
import { demand } from '../../src/domain/shared/rights.ts';
import type { Directive, FollowAct, Followed, IssueDirective, ReminderMoment } from '../../src/protocol/directive.ts';
import { issueDirectiveSchema } from '../../src/protocol/directive.ts';
import { DomainError, type Reason, refuse } from '../../src/protocol/errors.ts';
import type { Account, Role } from '../../src/protocol/organisation.ts';
import type { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { PgBriefings } from '../../src/store/postgres/briefing/PgBriefings.ts';
import { PgAttachments } from '../../src/store/postgres/directive/PgAttachments.ts';
import { PgDirectives } from '../../src/store/postgres/directive/PgDirectives.ts';
import { PgReminders } from '../../src/store/postgres/directive/PgReminders.ts';
import { PgFigureReader } from '../../src/store/postgres/figure/PgFigureReader.ts';
import { PgSelections } from '../../src/store/postgres/figure/selection/PgSelections.ts';
import { PgAccounts } from '../../src/store/postgres/organisation/PgAccounts.ts';
import type { PgUnits } from '../../src/store/postgres/organisation/PgUnits.ts';
import { loadCountry } from './country.ts';
import { openAsServer } from './serverOf.ts';

/** What a test says of a directive; the rest is usual. */
export type Wanted = Partial<Omit<IssueDirective, 'addressees'>> & {
  readonly to?: IssueDirective['addressees']['to'];
  readonly except?: readonly string[];
  readonly tier?: string;
};
/** An act without the key, which is made when there is none. */
export type Doing = FollowAct extends infer A
  ? A extends { key: string }
    ? Omit<A, 'key'> & { key?: string }
    : never
  : never;

/** The whole country and people, with the domain of directives on a real database and nothing above it. */
export class DirectiveWorld {
  readonly postgres: Postgres;
  readonly units: Units;
  readonly store: PgDirectives;
  readonly directives: Directives;
  readonly acts: FollowActs;
  readonly board: DirectiveProgress;
  readonly attachments: Attachments;
  readonly reminders: Reminders;
  readonly selections: SelectionBook;
  /** Alarms that were set. */
  readonly alarms: { moment: ReminderMoment; inMs: number }[] = [];
  /** Units with a device in any briefing. */
  readonly present = new Set<string>();
  readonly #accounts: PgAccounts;

  private constructor(postgres: Postgres, unitStore: PgUnits, units: Units) {
    this.postgres = postgres;
    this.units = units;
    this.store = new PgDirectives(postgres);
    const briefings = new PgBriefings(postgres);
    this.selections = new SelectionBook({
      ...{ store: new PgSelections(postgres), said: new PgFigureReader(postgres), tree: () => units.index },
    });
    this.attachments = new Attachments(new PgAttachments(postgres), this.store);
    this.directives = new Directives({
      store: this.store,
      files: this.attachments,
      units,
      lists: new Lists(unitStore, units),
      presence: { present: async () => (unit) => this.present.has(unit) },
      readBriefing: async (account, id) => {
        const briefing = await briefings.find(id);
        if (!briefing) throw refuse('not-found', 'there is no such briefing');
        demand(account, 'briefing.read', { paths: briefing.scope });
      },
      expectedIn: (id) => briefings.expected(id),
      selected: (account, id) => this.selections.reached(account, id),
    });
    this.acts = new FollowActs(this.store);
    this.board = new DirectiveProgress(this.store, units);
    this.reminders = new Reminders(new PgReminders(postgres), {
      at: (_directive, moment, inMs) => this.alarms.push({ moment, inMs }),
    });
    this.#accounts = new PgAccounts(postgres);
  }

  /** @param databaseUrl an empty database, or one with the country */
  static async create(databaseUrl: string): Promise<DirectiveWorld> {
    const postgres = await openAsServer(databaseUrl);
    const unitStore = await loadCountry(postgres);
    return new DirectiveWorld(postgres, unitStore, await Units.create(unitStore));
  }

  /** Somebody new. */
  async person(role: Role, unit: string): Promise<Account> {
    const { code, path, tier, name } = this.units.get(unit);
    const { id } = await this.#accounts.create({ name: `${role} of ${name}`, role, unit });
    return { id, name: `${role} of ${name}`, role, unit: { code, path, tier, name } };
  }

  /** Codes of the first communes of a territory. */
  communes(root: string, count: number): string[] {
    return this.units.index
      .baseUnits([this.units.get(root).path])
      .slice(0, count)
      .map(({ code }) => code);
  }

  issue(by: Account, { to = ['vn'], except = [], tier, ...wanted }: Wanted = {}): Promise<Directive> {
    const addressees = { to, except: [...except], ...(tier && { tier }) };
    const usual = { key: randomUUID(), title: 'Chống dịch', text: 'Lập chốt kiểm soát.', addressees };
    return this.directives.issue(by, issueDirectiveSchema.parse({ ...usual, ...wanted }));
  }

  act(by: Account, { id }: Pick<Directive, 'id'>, doing: Doing): Promise<Followed> {
    return this.acts.act(by, id, { key: randomUUID(), ...doing } as FollowAct);
  }

  reply(by: Account, { id }: Pick<Directive, 'id'>, unit: string, words = 'Tỉnh cấp'): Promise<Followed> {
    return this.acts.reply(by, id, { key: randomUUID(), unit, words });
  }

  recall(by: Account, { id }: Pick<Directive, 'id'>, key: string = randomUUID()): Promise<Directive> {
    return this.directives.recall(by, id, { key, why: 'Đã có chỉ thị mới' });
  }

  /** A live briefing, under way for so many seconds. @param among where the units are that it expects; else it is for all and expects nobody */
  async liveBriefing(by: Account, seconds = 0, among?: readonly string[]): Promise<string> {
    const briefings = new PgBriefings(this.postgres);
    const times = { scheduledAt: new Date().toISOString(), createdBy: by.id };
    const scope = (among ?? ['vn']).map((code) => this.units.get(code).path);
    const { id } = await briefings.create({ title: 'Họp', stage: 'vn', scope, expected: 1, ...times });
    const expected = among && { expected: this.units.index.baseUnits(scope) };
    await briefings.advance({ id, epoch: 1, act: 'open', account: by.id, ...expected });
    await briefings.advance({ id, epoch: 2, act: 'live', account: by.id });
    await this.postgres.query(`UPDATE briefings SET live_at = live_at - make_interval(secs => $2) WHERE id = $1`, [
      id,
      seconds,
    ]);
    return id;
  }

  async closeBriefing(by: Account, id: string): Promise<void> {
    await new PgBriefings(this.postgres).advance({ id, epoch: 3, act: 'close', account: by.id });
  }

  close(): Promise<void> {
    return this.postgres.close();
  }
}

/** The reason of a refusal; anything else fails. */
export async function refusalOf(act: Promise<unknown>): Promise<Reason> {
  try {
    await act;
  } catch (error) {
    if (error instanceof DomainError) return error.reason;
    throw error;
  }
  throw new Error('this was not refused');
}
