import { randomUUID } from 'node:crypto';
import type { Logger } from '../../observability/logger.ts';
import { refuse } from '../../protocol/errors.ts';
import type { HookFailures, HookSecret, HooksPage, MakeHook } from '../../protocol/hook.ts';
import type { UnitPath } from '../../protocol/organisation.ts';
import type { Actor } from '../shared/actor.ts';
import { at, demand, may } from '../shared/rights.ts';
import { MOST_HOOKS } from './limits.ts';
import type { HookStore, StoredHook } from './ports.ts';
import { newHookSecret } from './sign.ts';

interface HooksParts {
  readonly store: HookStore;
  /** @throws DomainError `not-found` */
  readonly unit: (code: string) => { readonly path: UnitPath };
  readonly nameOf: (code: string) => string | undefined;
  /** What an address is refused for before anything is sent there. @throws DomainError `bad-request` */
  readonly demandAddress: (url: string) => void;
  readonly now: () => Date;
  readonly logger: Pick<Logger, 'info'>;
}

/** Who is told of acts, as principals and operators see and change it. (WH4, WH5, WH10, WH11) */
export class Hooks {
  readonly #parts: HooksParts;

  constructor(parts: HooksParts) {
    this.#parts = parts;
  }

  /** @throws DomainError `forbidden` */
  async page(actor: Actor): Promise<HooksPage> {
    demand(actor, 'hook.read', at(actor.unit.path));
    const { store, nameOf } = this.#parts;
    const hooks = (await store.list()).filter(({ path }) => may(actor, 'hook.read', at(path)) === 'allowed');
    return {
      hooks: hooks.map(({ path: _, territory, ...hook }) => ({
        ...hook,
        territory: { code: territory, name: nameOf(territory) ?? territory },
      })),
    };
  }

  /** @throws DomainError `forbidden`, `outside-territory`, `not-found`, `bad-request`, `conflict` */
  async make(actor: Actor, wanted: MakeHook): Promise<HookSecret> {
    const { store, unit, demandAddress, logger } = this.#parts;
    const { path } = unit(wanted.territory);
    demand(actor, 'hook.change', at(path));
    demandAddress(wanted.url);
    const [id, secret] = [randomUUID(), newHookSecret()];
    await store.make(
      { ...wanted, events: [...new Set(wanted.events)], id, path, secret, madeBy: actor.id },
      demandRoom,
    );
    logger.info({ hook: id, by: actor.id, territory: wanted.territory, events: wanted.events }, 'hook made');
    return { id, secret };
  }

  async setState(actor: Actor, id: string, state: 'active' | 'paused'): Promise<void> {
    await this.#mine(actor, id);
    await this.#parts.store.setState(id, state);
    this.#parts.logger.info({ hook: id, by: actor.id, state }, 'hook changed');
  }

  /** WH10: a new secret; the one before signs as well for a day. */
  async rotate(actor: Actor, id: string): Promise<HookSecret> {
    await this.#mine(actor, id);
    const secret = newHookSecret();
    await this.#parts.store.rotate(id, secret);
    this.#parts.logger.info({ hook: id, by: actor.id }, 'hook got a new secret');
    return { id, secret };
  }

  async remove(actor: Actor, id: string): Promise<void> {
    await this.#mine(actor, id);
    await this.#parts.store.remove(id);
    this.#parts.logger.info({ hook: id, by: actor.id }, 'hook withdrawn');
  }

  /** WH11: an event that says that it is none. */
  async test(actor: Actor, id: string): Promise<void> {
    const hook = await this.#mine(actor, id);
    if (hook.state !== 'active') throw refuse('conflict', 'this hook delivers nothing now');
    const at = this.#parts.now().toISOString();
    const body = JSON.stringify({ type: 'test', timestamp: at, data: { hook: id } });
    await this.#parts.store.enqueue({ hook: id, event: `test-${randomUUID()}`, kind: 'test', body, at });
  }

  async failures(actor: Actor, id: string): Promise<HookFailures> {
    await this.#mine(actor, id, 'hook.read');
    return this.#parts.store.failures(id);
  }

  /** Tries again at once what failed. @throws DomainError `not-found` */
  async again(actor: Actor, id: string, event: string): Promise<void> {
    await this.#mine(actor, id);
    if (!(await this.#parts.store.again(id, event))) throw refuse('not-found', 'there is no such delivery');
  }

  async #mine(actor: Actor, id: string, act: 'hook.read' | 'hook.change' = 'hook.change'): Promise<StoredHook> {
    demand(actor, act, at(actor.unit.path));
    const hook = await this.#parts.store.find(id);
    if (!hook || may(actor, act, at(hook.path)) !== 'allowed') throw refuse('not-found', 'there is no such hook');
    return hook;
  }
}

/** WH12. @throws DomainError `conflict` */
function demandRoom(hooks: number): void {
  if (hooks >= MOST_HOOKS) throw refuse('conflict', `there are ${MOST_HOOKS} hooks: withdraw one first`);
}
