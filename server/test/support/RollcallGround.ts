import { randomUUID } from 'node:crypto';
import type { EntryAsk, EntryKind } from '../../src/domain/rollcall/entryRules.ts';
import type { NewRound } from '../../src/domain/rollcall/ports.ts';
import { PgRounds } from '../../src/store/postgres/rollcall/PgRounds.ts';
import { OfficialWorld } from './official/OfficialWorld.ts';
import { RoundsUnderLaw } from './RoundsUnderLaw.ts';
import { openStores, type TestStores } from './stores.ts';

/** Stores, a small country and its rounds, for contracts of the roll-call. */
export class RollcallGround {
  readonly stores: TestStores;
  readonly world: OfficialWorld;
  readonly store: PgRounds;
  readonly rounds: RoundsUnderLaw;

  private constructor(stores: TestStores, world: OfficialWorld) {
    this.stores = stores;
    this.world = world;
    this.store = new PgRounds(world.postgres);
    this.rounds = new RoundsUnderLaw(this.store);
  }

  static async create(): Promise<RollcallGround> {
    const stores = await openStores({ world: true });
    return new RollcallGround(stores, await OfficialWorld.create(stores.databaseUrl));
  }

  get officer(): { account: string; name: string } {
    return { account: this.world.pm.id, name: this.world.pm.name };
  }

  /** A round that asks everybody whether they are here; a minute for the answer, and another for those who are late. */
  wanted(briefing: string, more: Partial<NewRound> = {}): NewRound {
    return {
      ...{ briefing, key: randomUUID(), question: 'Có mặt?', scope: ['vn'], seconds: 60, lateSeconds: 60 },
      ...{
        repromptSeconds: 30,
        answerers: ['chair', 'deputy', 'substitute'],
        proof: 'tap',
        challenge: null,
        quorum: null,
      },
      ...{ by: this.officer, ...more },
    };
  }

  /** Who speaks for one of the three communes, from a device of it. */
  seat(nr: 0 | 1 | 2, device = 'a'): EntryAsk['by'] & { readonly unit: string } {
    const { id, name, unit } = this.world.seats[nr] as OfficialWorld['seats'][number];
    return { account: id, name, unit, identity: `${unit}.${device}`, address: `10.0.0.${device}` };
  }

  ask(round: string, nr: 0 | 1 | 2, kind: EntryKind, more: Partial<EntryAsk> = {}): EntryAsk {
    const { unit, ...by } = this.seat(nr);
    const answerer = kind === 'answer' || kind === 'correction' ? ('chair' as const) : null;
    const nothing = { name: null, note: null, challenge: null };
    return { round, unit, kind, key: randomUUID(), by, received: new Date(), answerer, ...nothing, ...more };
  }

  async close(): Promise<void> {
    await this.world.close();
    await this.stores.close();
  }
}
