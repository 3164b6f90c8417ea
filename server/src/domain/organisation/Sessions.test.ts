import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KnownSession, SessionStore, StoredSession } from './ports.ts';
import { Sessions } from './Sessions.ts';
import { hashSecret } from './secrets.ts';
import type { Units } from './Units.ts';

const unit = { code: '1', path: 'vn.1', tier: 'commune', name: 'Xã Một' };

/** Sessions over a store that counts its queries. */
function world(ids: readonly string[]) {
  const place: { unit: typeof unit | undefined; written: typeof unit | undefined; reads: number } = {
    ...{ unit, written: unit, reads: 0 },
  };
  const units = {
    index: { find: (code: string) => (code === unit.code ? place.unit : undefined) },
    refresh: async () => {
      place.reads++;
      place.unit = place.written;
    },
  } as unknown as Units;
  const queries: (readonly string[])[] = [];
  const stored = new Map(
    ids.map((id): [string, StoredSession] => [
      id,
      {
        ...{ id, secretHash: hashSecret(`secret of ${id}`).toString('hex'), device: 'd', person: null },
        account: { id: `account of ${id}`, name: 'UBND', role: 'seat', unit: '1' },
      },
    ]),
  );
  const find = async (asked: readonly string[]) => {
    queries.push(asked);
    return [...new Set(asked)].flatMap((id) => stored.get(id) ?? []);
  };
  const changed = async (known: readonly KnownSession[]) =>
    known.filter(({ id, name }) => stored.get(id)?.account.name !== name).map(({ id }) => id);
  const sessions = new Sessions(
    { find, changed } as unknown as SessionStore,
    units,
    { now: () => new Date() },
    { tell: () => undefined },
  );
  return { sessions, stored, queries, place };
}
const proof = (id: string, secret = `secret of ${id}`) => ({ id, secret });

test('DL9 who acts at the same moment is looked up in one query, each by their own secret', async () => {
  const { sessions, queries } = world(['a', 'b']);
  const answers = await Promise.allSettled(
    [proof('a'), proof('b'), proof('a', 'a guess'), proof('c'), proof('a')].map((p) => sessions.authenticate(p)),
  );
  const said = answers.map((a) => (a.status === 'fulfilled' ? a.value.account.id : a.reason.reason));
  assert.deepEqual(said, [...['account of a', 'account of b', 'unauthenticated', 'unauthenticated', 'account of a']]);
  assert.equal(queries.length, 1);
});

test('DL9 a session that ended a moment ago is no longer good', async () => {
  const { sessions, stored, queries } = world(['a']);
  await sessions.authenticate(proof('a'));
  stored.delete('a');
  await assert.rejects(sessions.authenticate(proof('a')), { reason: 'unauthenticated' });
  assert.equal(queries.length, 2);
});

test('DL9 who has proved a session once is asked for no secret again, but the session has to be good still', async () => {
  const { sessions, stored, queries } = world(['a', 'b']);
  const [a, b] = [await sessions.authenticate(proof('a')), await sessions.authenticate(proof('b'))];
  assert.equal(await sessions.renew(a), a);
  assert.equal(queries.length, 2, 'nobody is read again');
  stored.delete('a');
  const [ended, same] = await Promise.allSettled([sessions.renew(a), sessions.renew(b)]);
  assert.equal(ended.status === 'rejected' && ended.reason.reason, 'unauthenticated');
  assert.equal(same.status === 'fulfilled' && same.value, b);
});

test('DL9 whose account or unit has changed is described anew', async () => {
  const { sessions, stored, place } = world(['a']);
  const before = await sessions.authenticate(proof('a'));
  const old = stored.get('a') as StoredSession;
  stored.set('a', { ...old, account: { ...old.account, name: 'UBND xã' } });
  const after = await sessions.renew(before);
  assert.equal(after.account.name, 'UBND xã');
  place.unit = { ...unit, path: 'vn.2.1' };
  assert.equal((await sessions.renew(after)).account.unit.path, 'vn.2.1');
});

test('LK5 a unit that this node does not know is read before anybody is refused, once for all who ask', async () => {
  const { sessions, place } = world(['a', 'b']);
  place.unit = undefined;
  const asked = ['a', 'b'].map((id) => sessions.authenticate(proof(id)));
  assert.deepEqual(new Set((await Promise.all(asked)).map(({ account }) => account.unit.code)), new Set(['1']));
  assert.equal(place.reads, 1);
});

test('LK5 whose unit has left the tree is told `unit-ended`, by a session and by a link alike', async () => {
  const { sessions, place, stored } = world(['a']);
  const before = await sessions.authenticate(proof('a'));
  place.unit = place.written = undefined;
  await assert.rejects(sessions.renew(before), { reason: 'unit-ended' });
  await assert.rejects(sessions.authenticate(proof('a')), { reason: 'unit-ended' });
  const account = (stored.get('a') as StoredSession).account;
  await assert.rejects(sessions.place(account), { reason: 'unit-ended' });
});
