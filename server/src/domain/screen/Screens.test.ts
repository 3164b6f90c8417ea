import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from '../../lib/clock.ts';
import { Quotas } from '../../lib/Quotas.ts';
import { createLogger } from '../../observability/logger.ts';
import type { Account } from '../../protocol/organisation.ts';
import type { Pending } from './Codes.ts';
import type { NewScreen, PairedScreen, ScreenStore } from './ports.ts';
import { type Here, Screens, type ScreensElsewhere } from './Screens.ts';

const HALL = '203.0.113.7';
const moderator: Account = {
  ...{ id: '0b7a0ff3-7c7f-44e2-bdc4-5be9004803f3', name: 'Văn phòng', role: 'moderator' },
  unit: { code: 'vn', path: 'vn', tier: 'nation', name: 'Việt Nam' },
};

/** A store that takes its time: `pairing` is made once a screen is being paired, which lasts until `commit`. */
class SlowStore implements Partial<ScreenStore> {
  readonly pairing = Promise.withResolvers<void>();
  readonly #written = Promise.withResolvers<void>();
  #screen: PairedScreen | undefined;

  async pair({ id, secretHash, name, layout, by }: NewScreen) {
    this.pairing.resolve();
    await this.#written.promise;
    const account = {
      id: crypto.randomUUID(),
      name,
      role: 'screen' as const,
      unit: 'vn' as PairedScreen['account']['unit'],
    };
    this.#screen = { id, secretHash, account, layout };
    const now = new Date().toISOString();
    return { id, name, by, pairedAt: now, until: now, layout };
  }
  async find(id: string) {
    return this.#screen?.id === id ? this.#screen : undefined;
  }
  async revoke() {
    this.#screen = undefined;
    return [];
  }
  commit(): void {
    this.#written.resolve();
  }
  fail(): void {
    this.#written.reject(new Error('the store is away'));
  }
}

const alone: ScreensElsewhere = {
  connected: async () => [],
  take: async () => undefined,
  find: async () => undefined,
};

function screensOn(store: SlowStore, elsewhere = alone): Screens {
  const parts = { clock: systemClock, logger: createLogger('silent'), elsewhere, quotas: new Quotas() };
  return new Screens({ ...parts, store: store as unknown as ScreenStore, ended: { tell: () => undefined } });
}

function waiting(here: Here): Pending {
  assert.equal(here.state, 'waiting');
  return (here as Here & { state: 'waiting' }).pending;
}

async function shown(screens: Screens) {
  const here = await screens.here(undefined, HALL);
  const { code } = waiting(here);
  assert.ok(here.state === 'waiting' && here.fresh);
  return { code, proof: here.fresh };
}

test('SN3 a screen that asks while it is being paired keeps its code, and is paired afterwards', async () => {
  const store = new SlowStore();
  const screens = screensOn(store);
  const { code, proof } = await shown(screens);
  const paired = screens.pair(moderator, { code, name: 'Tường', hours: 1, layout: 'columns' });
  await store.pairing.promise;
  assert.equal(waiting(await screens.here(proof, HALL)).code, code);
  await assert.rejects(screens.pair(moderator, { code, name: 'Khác', hours: 1, layout: 'columns' }), /no screen/);
  store.commit();
  const { id } = await paired;
  assert.equal((await screens.here(proof, HALL)).state, 'paired');
  await screens.revoke(moderator, id);
  assert.notEqual(waiting(await screens.here(proof, HALL)).code, code, 'a code is used once');
});

test('SN3 one that asks another node meanwhile keeps its code too, and so does one that could not be paired', async () => {
  const store = new SlowStore();
  const shows = screensOn(store);
  const { code, proof } = await shown(shows);
  const types = screensOn(store, {
    ...alone,
    take: async (typed) => shows.takeHere(typed),
    find: async (id, secretHash) => shows.findHere(id, secretHash),
  });
  const paired = types.pair(moderator, { code, name: 'Tường', hours: 1, layout: 'columns' });
  await store.pairing.promise;
  for (const node of [shows, types]) assert.equal(waiting(await node.here(proof, HALL)).code, code);
  store.fail();
  await assert.rejects(paired, /away/);
  for (const node of [shows, types]) assert.equal(waiting(await node.here(proof, HALL)).code, code);
});
