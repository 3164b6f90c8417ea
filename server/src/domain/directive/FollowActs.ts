import { EventEmitter } from 'node:events';
import { GroupCommit } from '../../lib/GroupCommit.ts';
import type { Follow, FollowAct, Followed } from '../../protocol/directive.ts';
import { isAway, refuse } from '../../protocol/errors.ts';
import type { Account } from '../../protocol/organisation.ts';
import { at, demand } from '../shared/rights.ts';
import { readable } from './access.ts';
import { decideFollows } from './followGroup.ts';
import { WAITING_ACTS } from './limits.ts';
import type { DirectiveStore, FollowAsk } from './ports.ts';

interface FollowEvents {
  /** After the commit of a group: where those stand whom it changed. */
  followed: [readonly Follow[]];
}

type Store = Pick<DirectiveStore, 'find' | 'among' | 'reaches' | 'chainOf' | 'follow' | 'record' | 'unwritable'>;

/** Enough for the directives of a working year; a chain is a short text. */
const CHAINS_KEPT = 10_000;

/** What addressees do with directives, and the answers to their questions. */
export class FollowActs extends EventEmitter<FollowEvents> {
  readonly #store: Store;
  readonly #commit: GroupCommit<FollowAsk, Followed>;
  readonly #chains = new Map<string, Promise<string>>();

  constructor(store: Store) {
    super();
    this.#store = store;
    this.#commit = new GroupCommit((chain, asks) => this.#write(chain, asks), {
      concernsAll: isAway,
      unwritable: (_, asks) => store.unwritable(asks),
      most: WAITING_ACTS,
      full: () => refuse('busy', 'too many acts wait; nothing was recorded, repeat later'),
    });
  }

  /**
   * AK1–AK10, for the caller's own unit. Resolves after the commit.
   * @throws DomainError `not-found`, `forbidden`, `outside-territory`, `conflict`, `store-unavailable`
   */
  async act(account: Account, directive: string, asked: FollowAct): Promise<Followed> {
    const { code: unit, path } = account.unit;
    demand(account, 'directive.answer', at(path));
    return this.#commit.add(await this.#chainOf(directive), {
      key: asked.key,
      directive,
      unit,
      act: asked.act,
      by: { account: account.id, name: account.name },
      name: 'name' in asked ? asked.name : null,
      words: 'words' in asked ? (asked.words ?? null) : null,
      promised: 'promised' in asked ? asked.promised : null,
    });
  }

  /** AK8. @throws DomainError `not-found`, `forbidden`, `outside-territory`, `conflict`, `store-unavailable` */
  async reply(
    account: Account,
    directive: string,
    { key, unit, words }: { key: string; unit: string; words: string },
  ): Promise<Followed> {
    demand(account, 'directive.reply');
    const { issuer } = await readable(this.#store, account, directive);
    const follow = await this.#store.follow(directive, unit);
    if (!follow) throw refuse('not-found', 'this unit is no addressee');
    demand(account, 'directive.reply', { paths: [issuer.path, follow.path] });
    const by = { account: account.id, name: account.name };
    return this.#commit.add(await this.#chainOf(directive), {
      ...{ key, directive, unit, act: 'reply', by, name: null, words, promised: null },
    });
  }

  /** Where addressees stand by what was recorded in another way (RS3). */
  tell(follows: readonly Follow[]): void {
    this.emit('followed', follows);
  }

  async #write(chain: string, asks: readonly FollowAsk[]) {
    const outcomes = await this.#store.record(chain, asks, (moment) => decideFollows(asks, moment));
    const changed = new Map<string, Follow>();
    for (const outcome of outcomes) {
      if (!('ok' in outcome) || !outcome.ok.first) continue;
      const { follow } = outcome.ok;
      changed.set(`${follow.directive} ${follow.unit}`, follow);
    }
    if (changed.size > 0) this.emit('followed', [...changed.values()]);
    return outcomes;
  }

  /** Asked for once, however many answer in the moment in which the directive comes; so they also keep their order. */
  #chainOf(directive: string): Promise<string> {
    const known = this.#chains.get(directive);
    if (known) return known;
    if (this.#chains.size >= CHAINS_KEPT) this.#chains.clear();
    const asked = this.#askChain(directive);
    this.#chains.set(directive, asked);
    asked.catch(() => this.#chains.delete(directive));
    return asked;
  }

  async #askChain(directive: string): Promise<string> {
    const chain = await this.#store.chainOf(directive);
    if (chain === undefined) throw refuse('not-found', 'there is no such directive');
    return chain;
  }
}
