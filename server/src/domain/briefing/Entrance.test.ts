import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Briefing } from '../../protocol/briefing.ts';
import { refuse } from '../../protocol/errors.ts';
import type { Account } from '../../protocol/organisation.ts';
import { type Caller, endedOf } from '../organisation/Sessions.ts';
import { Entrance } from './Entrance.ts';
import { identityOf } from './identity.ts';

const room = '6a65c4d6-bdcb-4a34-afea-4a75e2c49c31';
const account: Account = {
  ...{ id: 'an', name: 'UBND', role: 'seat' },
  unit: { code: '1', path: 'vn.79.1', tier: 'commune', name: 'Xã Một' },
};
const sitting = { name: 'Trần Văn Hùng', title: 'Chủ tịch' };
const caller = (session: string, more: Partial<Caller> = {}): Caller => ({
  ...{ session, account, device: 'd', person: sitting },
  ...more,
});
const identity = identityOf(caller('s'));
const passOf = (session: string) => ({ room, session, account: account.id });

interface Facts {
  removed?: string[];
  scope?: string[];
  state?: Briefing['state'];
  away?: boolean;
  path?: string;
  good?: Caller[];
}
const setUp = (facts: Facts) => {
  const reachable = () => {
    if (facts.away) throw refuse('store-unavailable', 'away');
  };
  const asked: string[] = [];
  const entrance = new Entrance({
    running: () => facts.removed && { removed: facts.removed, scope: facts.scope ?? ['vn.79'] },
    store: {
      find: async () => {
        reachable();
        return facts.state && ({ id: room, state: facts.state, scope: ['vn.79'] } as unknown as Briefing);
      },
    },
    sessionOf: async (id) => {
      asked.push(id);
      reachable();
      const found = facts.good?.find((one) => one.session === id);
      if (!found) throw refuse('unauthenticated', 'there is no such session');
      return found;
    },
    today: (now) => ({ ...now, unit: { ...now.unit, path: facts.path ?? now.unit.path } }),
  });
  return { entrance, asked, facts };
};

test('EN1 a running briefing lets in whoever this node has heard of, without asking the store', async () => {
  const { entrance, facts, asked } = setUp({ removed: [], away: true });
  entrance.expect(caller('s'));
  assert.deepEqual(await entrance.admit(passOf('s')), { identity, account, person: sitting });
  assert.deepEqual(asked, []);
  await assert.rejects(entrance.admit(passOf('t')), { reason: 'store-unavailable' }, 'and nobody else');
  facts.away = false;
  facts.good = [caller('t')];
  await entrance.admit(passOf('t'));
  facts.away = true;
  await entrance.admit(passOf('t'));
});

test('EN2 a removed device stays out', async () => {
  const { entrance, facts } = setUp({ removed: [], good: [caller('s')] });
  await entrance.admit(passOf('s'));
  facts.removed = [identity];
  await assert.rejects(entrance.admit(passOf('s')), { reason: 'forbidden' });
});

test('EN3 a briefing that is over or not open yet is shut, also for those with a good token', async () => {
  const good = [caller('s')];
  for (const state of ['scheduled', 'closed'] as const)
    await assert.rejects(setUp({ state, good }).entrance.admit(passOf('s')), { reason: 'not-found' }, state);
  for (const state of ['open', 'live'] as const) await setUp({ state, good }).entrance.admit(passOf('s'));
});

test('EN4 EN6 rooms of other programs are theirs; of a name like a briefing’s only the store can tell', async () => {
  assert.equal(await setUp({ away: true }).entrance.isBriefing('a room'), false);
  assert.equal(await setUp({}).entrance.isBriefing(room), false);
  assert.equal(await setUp({ removed: [], away: true }).entrance.isBriefing(room), true, 'a running one');
  for (const state of ['scheduled', 'open', 'live', 'closed'] as const)
    assert.equal(await setUp({ state }).entrance.isBriefing(room), true, state);
  await assert.rejects(setUp({ away: true }).entrance.isBriefing(room), { reason: 'store-unavailable' });
});

test('EN5 whose session ended is out, and stays out with every token of it; a later one of the device stays in', async () => {
  const { entrance, facts } = setUp({ removed: [], good: [caller('s'), caller('t')] });
  await entrance.admit(passOf('s'));
  assert.equal(entrance.holder(room, identity)?.session, 's');
  facts.good = [caller('t')];
  assert.deepEqual(entrance.end([endedOf(caller('s'))]), [{ room, identity }]);
  assert.equal(entrance.holder(room, identity), undefined, 'there is no next token for it');
  await assert.rejects(entrance.admit(passOf('s')), { reason: 'unauthenticated' });
  await entrance.admit(passOf('t'));
  assert.deepEqual(entrance.end([endedOf(caller('s'))]), [], 'said again, and late');
  assert.equal(entrance.holder(room, identity)?.session, 't');
  assert.deepEqual(entrance.end([endedOf(caller('t', { device: 'other' }))]), []);
});

test('EN7 role and territory are those of the session now, whatever a token says', async () => {
  const { entrance, facts } = setUp({ removed: [], good: [caller('s')] });
  await assert.rejects(entrance.admit({ ...passOf('s'), account: 'pm' }), { reason: 'unauthenticated' });
  facts.path = 'vn.79.2.1';
  assert.equal((await entrance.admit(passOf('s'))).account.unit.path, 'vn.79.2.1');
  facts.path = 'vn.80.1';
  await assert.rejects(entrance.admit(passOf('s')), { reason: 'outside-territory' }, 'moved out of the scope');
});
