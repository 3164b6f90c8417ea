import { randomUUID } from 'node:crypto';
import type { FloorStore } from '../../src/domain/floor/ports.ts';
import type { BriefingActor } from '../../src/domain/shared/actor.ts';
import type { BriefingState } from '../../src/protocol/briefing.ts';
import type { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { PgFloor } from '../../src/store/postgres/floor/PgFloor.ts';
import { person } from './floorPeople.ts';
import { MemoryFloorStore } from './MemoryFloorStore.ts';

/** A floor store, and what a contract of it needs beside it. */
export interface FloorGround {
  readonly store: FloorStore;
  /** Sends a new live briefing. @returns its id */
  briefing(): Promise<string>;
  setState(briefing: string, state: BriefingState): Promise<void>;
  /** Makes the account and the unit known where the store asks for them. */
  known(actor: BriefingActor): Promise<BriefingActor>;
}

/** A new live briefing with a principal and the seats of two units in it. */
export async function peopleIn(ground: FloorGround) {
  const briefing = await ground.briefing();
  const pm = await ground.known(person(briefing, 'principal', 'vn'));
  const chair = await ground.known(person(briefing, 'seat', 'vn.79.1'));
  const other = await ground.known(person(briefing, 'seat', 'vn.79.2'));
  return { ground, store: ground.store, briefing, pm, chair, other };
}

export function memoryGround(): FloorGround {
  const store = new MemoryFloorStore({ now: () => new Date() });
  const setState = async (id: string, state: BriefingState): Promise<void> => {
    store.briefings.set(id, { id, state, stage: 'vn', scope: ['vn'], producers: [] });
  };
  return {
    store,
    briefing: async () => {
      const id = randomUUID();
      await setState(id, 'live');
      return id;
    },
    setState,
    known: async (actor) => actor,
  };
}

export const postgresGround = (postgres: Postgres): FloorGround => ({
  store: new PgFloor(postgres),
  briefing: () => insertBriefing(postgres),
  setState: async (id, state) => {
    await postgres.query('UPDATE briefings SET state = $2, closed_at = now() WHERE id = $1', [id, state]);
  },
  known: async (actor) => {
    const { id, name, role, unit } = actor.account;
    await postgres.query('INSERT INTO units (code) VALUES ($1) ON CONFLICT DO NOTHING', [unit.code]);
    const account = [id, name, role, unit.code];
    await postgres.query('INSERT INTO accounts (id, name, role, unit) VALUES ($1, $2, $3, $4)', account);
    return actor;
  },
});

/** A live briefing of the whole country. @returns its id */
export async function insertBriefing(postgres: Postgres): Promise<string> {
  const [row] = await postgres.query<{ id: string }>(
    `INSERT INTO briefings (title, state, stage, scope, scheduled_at, opened_at, live_at, expected)
     VALUES ('Test', 'live', 'vn', '{vn}', now(), now(), now(), 2) RETURNING id`,
  );
  return row?.id ?? '';
}
