import { EventEmitter } from 'node:events';
import type { z } from 'zod';
import type {
  Directive,
  DirectiveItem,
  directiveQuerySchema,
  Follow,
  IssueDirective,
  previewSchema,
} from '../../protocol/directive.ts';
import { refuse } from '../../protocol/errors.ts';
import type { Account, Unit, UnitCode, UnitPath } from '../../protocol/organisation.ts';
import type { Lists } from '../organisation/Lists.ts';
import type { Units } from '../organisation/Units.ts';
import { demand, partOf } from '../shared/rights.ts';
import type { Attachments } from './Attachments.ts';
import { find, readable } from './access.ts';
import { type Addressing, addresseesOf, remaining } from './addressing.ts';
import { decideIssue, decideRecall } from './issuing.ts';
import { LISTED_DIRECTIVES, PREVIEWED } from './limits.ts';
import type { DirectiveMark, DirectiveStore, Draft, ListQuery, PresentUnits, UnitsHere } from './ports.ts';

interface DirectiveEvents {
  /** After the commit that issued it, on the node that did. */
  issued: [Directive];
  /** After it was recalled or superseded. */
  ended: [Directive];
}

export interface DirectivesOptions {
  readonly store: DirectiveStore;
  readonly units: Pick<Units, 'index' | 'get'>;
  readonly lists: Pick<Lists, 'pathsOf'>;
  readonly presence: PresentUnits;
  readonly files: Pick<Attachments, 'demandOwn'>;
  /** May they see the briefing? @throws DomainError `not-found`, `outside-territory` */
  readonly readBriefing: (account: Account, id: string) => Promise<unknown>;
  /** Units that it expects; nobody before its doors were open. */
  readonly expectedIn: (briefing: string) => Promise<readonly { readonly code: UnitCode }[]>;
  /** DR35: units that were chosen by a figure. @throws DomainError `not-found`, `forbidden`, `outside-territory` */
  readonly selected: (account: Account, selection: string) => Promise<readonly { readonly unit: UnitCode }[]>;
}

/** Gives directives, ends them, and finds them again. */
export class Directives extends EventEmitter<DirectiveEvents> {
  readonly #o: DirectivesOptions;

  constructor(options: DirectivesOptions) {
    super();
    this.#o = options;
  }

  /** DR10. @throws as `issue` */
  async preview(account: Account, addressing: Addressing): Promise<z.output<typeof previewSchema>> {
    const units = await this.#resolve(account, addressing);
    return { addressees: units.length, sample: units.slice(0, PREVIEWED).map(({ name }) => name) };
  }

  /**
   * DR1–DR12.
   * @throws DomainError `forbidden`, `outside-territory`, `not-found` (unit, list, briefing, older directive),
   * `bad-request`, `conflict`, `not-live`, `briefing-closed`, `store-unavailable`
   */
  async issue(account: Account, wanted: IssueDirective): Promise<Directive> {
    const { briefing, supersedes, addressees: addressing, ...facts } = wanted;
    const units = await this.#resolve(account, addressing);
    if (briefing) await this.#o.readBriefing(account, briefing);
    if (supersedes) await this.#demandRecall(account, supersedes);
    await this.#o.files.demandOwn(
      account,
      wanted.attachments.map(({ sha256 }) => sha256),
    );
    const present = briefing ? await this.#o.presence.present(briefing) : undefined;
    const { code: unit, path, name } = account.unit;
    const draft: Draft = {
      ...facts,
      briefing,
      supersedes,
      addressing,
      issuer: { unit, path, name },
      by: { account: account.id, name: account.name },
      addressees: units.map(({ code, path, name }) => {
        return { unit: code, path, name, absentee: present !== undefined && !present(code) };
      }),
    };
    const { directive, first } = await this.#o.store.issue(draft, (moment) => decideIssue(draft, moment));
    if (!first) return directive;
    this.emit('issued', directive);
    if (directive.supersedes) this.emit('ended', await find(this.#o.store, directive.supersedes));
    return directive;
  }

  /** DR17. @throws DomainError `not-found`, `forbidden`, `outside-territory`, `conflict`, `store-unavailable` */
  async recall(account: Account, id: string, ask: { key: string; why: string }): Promise<Directive> {
    await this.#demandRecall(account, id);
    const by = { account: account.id, name: account.name };
    const { directive, first } = await this.#o.store.recall({ ...ask, directive: id, by }, (end) =>
      decideRecall(ask.key, end),
    );
    if (first) this.emit('ended', directive);
    return directive;
  }

  /** DR14, DR15, DR33. @throws DomainError `forbidden` */
  async list(
    account: Account,
    { box, open, briefing }: z.output<typeof directiveQuerySchema>,
  ): Promise<DirectiveItem[]> {
    const query: ListQuery = { open, briefing, limit: LISTED_DIRECTIVES };
    const { code, path } = account.unit;
    if (box === 'inbox') {
      demand(account, 'directive.read', { paths: [path] });
      return [...(await this.#o.store.inbox(code, query))];
    }
    demand(account, 'directive.issue', { paths: [path] });
    const { store } = this.#o;
    const found = box === 'issued' ? await store.issued(path, query) : await store.fromAbove(path, query);
    return found.map((directive) => ({ directive, follow: null }));
  }

  /** DR13. @throws DomainError `not-found`, `outside-territory` */
  async read(account: Account, id: string): Promise<DirectiveItem> {
    const directive = await readable(this.#o.store, account, id);
    return { directive, follow: (await this.#o.store.follow(id, account.unit.code)) ?? null };
  }

  /** The directive, and which of these units it is addressed to: for those who tell their devices. */
  async heardBy(
    id: string,
    here: UnitsHere,
  ): Promise<{ directive: Directive; units: readonly UnitCode[] } | undefined> {
    const { store } = this.#o;
    const directive = await store.find(id);
    // The shorter list is the one that is gone through.
    const few = directive && directive.addressees <= here.size;
    const among = await store.among(id, few ? 'all' : [...here.keys()]);
    const units = among.filter((unit) => here.has(unit));
    return directive && units.length > 0 ? { directive, units } : undefined;
  }

  /** What was issued or ended within the last minute: for those who may have missed that it was told. */
  recent(): Promise<readonly DirectiveMark[]> {
    return this.#o.store.recent();
  }

  follows(pairs: readonly Pick<Follow, 'directive' | 'unit'>[]): Promise<readonly Follow[]> {
    return this.#o.store.follows(pairs);
  }

  async #resolve(account: Account, { to, except, tier }: Addressing): Promise<Unit[]> {
    const { units } = this.#o;
    const without: UnitPath[] = except.map((code) => units.get(code).path);
    if (!Array.isArray(to) && 'selection' in to) return this.#selected(account, to.selection, without, tier);
    const paths = await this.#pathsOf(account, to);
    demand(account, 'directive.issue', { paths });
    return addresseesOf(units.index, paths, without, tier);
  }

  /** DR35. Who was dissolved since, or has moved to another territory, is not reached. */
  async #selected(account: Account, selection: string, except: readonly UnitPath[], tier: string | undefined) {
    if (tier !== undefined) throw refuse('bad-request', 'a selection names units, and no tier');
    const chosen = await this.#o.selected(account, selection);
    const units = chosen.flatMap(({ unit }) => this.#o.units.index.find(unit) ?? []);
    const own = new Set(
      partOf(
        account,
        units.map(({ path }) => path),
      ),
    );
    demand(account, 'directive.issue', { paths: own.size === 0 ? [account.unit.path] : [...own] });
    return remaining(
      units.filter(({ path }) => own.has(path)),
      except,
    );
  }

  async #pathsOf(account: Account, to: Exclude<Addressing['to'], { selection: string }>): Promise<readonly UnitPath[]> {
    const { units, lists, readBriefing, expectedIn } = this.#o;
    if (Array.isArray(to)) return to.map((code) => units.get(code).path);
    if ('list' in to) return lists.pathsOf(to.list);
    await readBriefing(account, to.briefing);
    // DR34. Who was dissolved since the doors opened can be told nothing.
    const paths = (await expectedIn(to.briefing)).flatMap(({ code }) => units.index.find(code)?.path ?? []);
    const own = partOf(account, paths);
    if (own.length === 0) throw refuse('bad-request', 'the briefing expects nobody of this territory');
    return own;
  }

  async #demandRecall(account: Account, id: string): Promise<void> {
    demand(account, 'directive.recall');
    const { issuer } = await readable(this.#o.store, account, id);
    demand(account, 'directive.recall', { paths: [issuer.path] });
  }
}
