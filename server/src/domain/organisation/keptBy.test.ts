import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLogger } from '../../observability/logger.ts';
import { refuse } from '../../protocol/errors.ts';
import { type Role, roleSchema } from '../../protocol/organisation.ts';
import { byAddress } from './byAddress.ts';
import type { StoredAccount, StoredSession } from './ports.ts';
import { SignIn } from './SignIn.ts';

const stored = (role: Role, unit: string): StoredSession => ({
  id: `session-${role}-${unit}`,
  secretHash: '',
  device: 'device',
  person: null,
  account: { id: `account-${role}-${unit}`, name: `${role} ${unit}`, role, unit },
});

/** A browser whose cookies prove these sessions; the unit `gone` is not in the tree. */
function browserOf(good: readonly StoredSession[]) {
  const tries: string[] = [];
  const limiter = {
    consume: async (key: string) => void tries.push(key),
    giveBack: async () => undefined,
  };
  const signIn = new SignIn({
    accounts: {
      linkBySecret: async () => undefined,
      credentials: async () => undefined,
      knowsDevice: async () => false,
    },
    sessions: {
      open: async () => undefined,
      recognise: async (proofs) => good.filter(({ id }) => proofs.some((proof) => proof.id === id)),
      place: async ({ unit, ...account }: StoredAccount) => {
        if (unit === 'gone') throw refuse('unit-ended', 'the unit is not in the tree');
        return { ...account, unit: { code: unit, path: `vn.${unit}`, tier: 'commune', name: `Xã ${unit}` } };
      },
    },
    hasher: { hash: async () => '', verify: async () => false },
    limits: {
      address: limiter,
      link: limiter,
      wrongHere: limiter,
      loginHere: limiter,
      device: limiter,
      login: limiter,
    },
    logger: createLogger('silent'),
  });
  const proofs = good.map(({ id }) => ({ id, secret: 'secret' }));
  return { kept: (from = proofs) => signIn.keptBy(from, '203.0.113.7'), tries };
}

test('LK6 the address lets in communes, moderators and stewards, and never a principal, an operator or a screen', () => {
  assert.deepEqual(roleSchema.options.filter(byAddress), ['moderator', 'seat', 'steward']);
});

test('LK6 of the sessions in a browser those are offered which the address lets in, by name, without a secret', async () => {
  const { kept, tries } = browserOf([stored('seat', '1'), stored('seat', '2'), stored('principal', 'vn')]);
  assert.deepEqual(await kept(), {
    sessions: [
      { session: 'session-seat-1', name: 'seat 1', unit: 'Xã 1' },
      { session: 'session-seat-2', name: 'seat 2', unit: 'Xã 2' },
    ],
    others: true,
  });
  assert.equal(tries.length, 1, 'a question counts with the tries of its address');
});

test('LK6 a principal alone is not offered, and a browser without cookies asks the store nothing', async () => {
  const { kept, tries } = browserOf([stored('principal', 'vn')]);
  assert.deepEqual(await kept([]), { sessions: [], others: false });
  assert.deepEqual(tries, []);
  assert.deepEqual(await kept(), { sessions: [], others: true });
});

test('LK6 LK5 whose unit left the tree is not offered, and keeps nobody else from being offered', async () => {
  const { kept } = browserOf([stored('seat', 'gone'), stored('seat', '1')]);
  assert.deepEqual(await kept(), {
    sessions: [{ session: 'session-seat-1', name: 'seat 1', unit: 'Xã 1' }],
    others: false,
  });
});
