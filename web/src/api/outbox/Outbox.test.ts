import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { ApiError } from '../ApiError.ts';
import { Outbox } from './Outbox.ts';
import { MemoryKeeper } from './OutboxKeeper.ts';
import type { OutboxEntry } from './outboxEntry.ts';
import type { Answer, Payload } from './sendable.ts';

const hash = 'a'.repeat(64);
const answer = (payload: Payload<'round.answer'>): Answer<'round.answer'> => ({
  first: true,
  entry: {
    round: payload.ask.round,
    unit: '00001',
    path: 'vn.01.001.00001',
    state: 'answered',
    at: '2026-01-01T02:41:07Z',
    answerer: 'chair',
    name: null,
    by: null,
    note: null,
    unconfirmed: false,
  },
  receipt: {
    chain: 'briefing:1',
    seal: 1,
    leaf: 0,
    leaves: 1,
    table: 'round_entries',
    record: {},
    path: [],
    previous: hash,
    at: '2026-01-01T02:41:07Z',
    hash,
  },
});
const saying = (briefing: string = crypto.randomUUID()): Payload<'round.answer'> => ({
  briefing,
  ask: { round: crypto.randomUUID(), key: crypto.randomUUID(), answerer: 'chair' },
});

const open: Outbox[] = [];
afterEach(() => {
  for (const outbox of open.splice(0)) outbox.close();
});
async function tab(keeper: MemoryKeeper, owner = 'chair'): Promise<Outbox> {
  const outbox = new Outbox(
    owner,
    async () => keeper,
    () => 1,
  );
  open.push(outbox);
  await outbox.open();
  return outbox;
}
const until = (outbox: Outbox, fact: (entries: readonly OutboxEntry[]) => boolean): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (!fact(outbox.state.get().entries)) return;
      stop();
      resolve();
    };
    const stop = outbox.state.subscribe(look);
    look();
  });
const all =
  (status: OutboxEntry['status'], count = 1) =>
  (entries: readonly OutboxEntry[]): boolean =>
    entries.length === count && entries.every((entry) => entry.status === status);

test('an answer is repeated under its key until it is acknowledged, and only then recorded', async () => {
  const outbox = await tab(new MemoryKeeper());
  const sent: string[] = [];
  outbox.carry('round.answer', {
    send: async (payload) => {
      sent.push(payload.ask.key);
      assert.equal(outbox.state.get().entries[0]?.status, 'unsent');
      if (sent.length < 4) throw new ApiError(sent.length === 2 ? 'store-unavailable' : 'network', 'away');
      return answer(payload);
    },
  });
  const said = saying();
  await outbox.post('round.answer', said.ask.key, said);
  await until(outbox, all('recorded'));
  assert.deepEqual(sent, Array(4).fill(said.ask.key));
});

test('what was unsent when the page was left is sent by the next page, in the order of writing', async () => {
  const keeper = new MemoryKeeper();
  const before = await tab(keeper);
  const said = [saying(), saying()];
  for (const one of said) {
    await before.post('round.answer', one.ask.key, one);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  before.close();
  const after = await tab(keeper);
  const sent: string[] = [];
  after.carry('round.answer', {
    send: async (payload) => {
      sent.push(payload.ask.key);
      return answer(payload);
    },
  });
  await until(after, all('recorded', 2));
  assert.deepEqual(
    sent,
    said.map(({ ask }) => ask.key),
  );
});

test('two tabs of one account send once, and both learn the receipt; another account in the same browser sees nothing', async () => {
  const keeper = new MemoryKeeper();
  const [one, two, stranger] = [await tab(keeper), await tab(keeper), await tab(keeper, 'other')];
  let sent = 0;
  for (const outbox of [one, two, stranger])
    outbox.carry('round.answer', {
      send: async (payload) => {
        sent++;
        await new Promise((resolve) => setTimeout(resolve, 5));
        return answer(payload);
      },
    });
  const said = saying();
  await one.post('round.answer', said.ask.key, said);
  two.hurry('round.answer');
  stranger.hurry('round.answer');
  await Promise.all([until(one, all('recorded')), until(two, all('recorded'))]);
  assert.equal(sent, 1);
  assert.deepEqual(stranger.state.get().entries, []);
});

test('what is refused for good is sent no more, is shown, and goes when it was read; an ended session refuses nothing', async () => {
  const keeper = new MemoryKeeper();
  const outbox = await tab(keeper);
  const reasons = ['unauthenticated', 'too-late'] as const;
  let sent = 0;
  outbox.carry('round.answer', {
    send: async () => {
      throw new ApiError(reasons[sent++] ?? 'internal', 'no');
    },
  });
  const said = saying();
  await outbox.post('round.answer', said.ask.key, said);
  await until(outbox, all('refused'));
  const [entry] = outbox.state.get().entries;
  assert.equal(entry?.status === 'refused' && entry.reason, 'too-late');
  outbox.hurry('round.answer');
  await outbox.dismiss(said.ask.key);
  assert.equal(sent, 2);
  assert.deepEqual(await keeper.all('chair'), []);
});

test('one that this page may not carry waits, and does not hold up the others', async () => {
  const outbox = await tab(new MemoryKeeper());
  const here = crypto.randomUUID();
  outbox.carry('round.answer', { send: async (p) => answer(p), takes: ({ briefing }) => briefing === here });
  const [elsewhere, mine] = [saying(), saying(here)];
  await outbox.post('round.answer', elsewhere.ask.key, elsewhere);
  await outbox.post('round.answer', mine.ask.key, mine);
  await until(outbox, (entries) => entries.some(({ status }) => status === 'recorded'));
  const statuses = new Map(outbox.state.get().entries.map(({ key, status }) => [key, status]));
  assert.equal(statuses.get(mine.ask.key), 'recorded');
  assert.equal(statuses.get(elsewhere.ask.key), 'unsent');
});

test('RC21 a committed answer whose acknowledgement was lost is never shown as refused, also one that an older page has called so', async () => {
  const keeper = new MemoryKeeper();
  const shown: string[] = [];
  const watched = async (settle: (payload: Payload<'round.answer'>) => Promise<Answer<'round.answer'> | undefined>) => {
    const outbox = await tab(keeper);
    outbox.state.subscribe(() => shown.push(...outbox.state.get().entries.map(({ status }) => status)));
    const send = async (): Promise<never> => {
      throw new ApiError('outside-territory', 'the unit was moved in the meantime');
    };
    outbox.carry('round.answer', { send, settle });
    return outbox;
  };
  let away = 1;
  const first = await watched(async (payload) => {
    if (away-- > 0) throw new ApiError('network', 'away');
    return answer(payload);
  });
  const said = saying();
  await first.post('round.answer', said.ask.key, said);
  await until(first, all('recorded'));
  assert.ok(!shown.includes('refused'), shown.join());
  first.close();

  const old = { ...said, ask: { ...said.ask, key: crypto.randomUUID() } };
  const refused = { via: 'round.answer', status: 'refused', reason: 'too-late', message: '' } as const;
  await keeper.put({ ...refused, key: old.ask.key, owner: 'chair', payload: old, writtenAt: new Date().toISOString() });
  await until(await watched(async (payload) => answer(payload)), all('recorded', 2));
});

test('RC21 what is not on record stays refused, with the reason that it was told, and is asked about once', async () => {
  const outbox = await tab(new MemoryKeeper());
  let asked = 0;
  const carrier = {
    send: async (): Promise<never> => {
      throw new ApiError('wrong-proof', 'no');
    },
    settle: async () => {
      asked++;
      return undefined;
    },
  };
  outbox.carry('round.answer', carrier);
  const said = saying();
  await outbox.post('round.answer', said.ask.key, said);
  await until(outbox, all('refused'));
  outbox.hurry('round.answer');
  const other = saying();
  await outbox.post('round.answer', other.ask.key, other);
  await until(outbox, all('refused', 2));
  assert.equal(asked, 2);
  const [entry] = outbox.state.get().entries;
  assert.equal(entry?.status === 'refused' && entry.reason, 'wrong-proof');
});

test('an unsent one is not dismissed; a disk that takes no more is said, and the answer still goes out', async () => {
  const keeper = new MemoryKeeper();
  keeper.put = async () => {
    throw new Error('quota');
  };
  const outbox = await tab(keeper);
  const said = saying();
  await outbox.post('round.answer', said.ask.key, said);
  assert.equal(outbox.state.get().durable, false);
  await outbox.dismiss(said.ask.key);
  assert.equal(outbox.state.get().entries.length, 1);
  outbox.carry('round.answer', { send: async (payload) => answer(payload) });
  await until(outbox, all('recorded'));
});

test('WB3 what is not with the server yet is counted, of the owner and of others', async () => {
  const keeper = new MemoryKeeper();
  const [own, other] = [await tab(keeper), await tab(keeper, 'neighbour')];
  assert.deepEqual(await own.unsent(), { own: 0, others: 0 });
  await own.post('round.answer', crypto.randomUUID(), saying());
  await other.post('round.answer', crypto.randomUUID(), saying());
  await other.post('round.answer', crypto.randomUUID(), saying());
  assert.deepEqual(await own.unsent(), { own: 1, others: 2 });
  const recorded = until(other, (entries) => entries.every(({ status }) => status === 'recorded'));
  other.carry('round.answer', { send: async (payload) => answer(payload) });
  await recorded;
  assert.deepEqual(await own.unsent(), { own: 1, others: 0 });
});

test('WB3 an outbox that forgets has nothing of anybody, and writes nothing that was on its way', async () => {
  const keeper = new MemoryKeeper();
  const [own, other] = [await tab(keeper), await tab(keeper, 'neighbour')];
  const [said, theirs] = [saying(), saying()];
  await own.post('round.answer', said.ask.key, said);
  await other.post('round.answer', theirs.ask.key, theirs);
  const sent = Promise.withResolvers<void>();
  const sending = Promise.withResolvers<void>();
  own.carry('round.answer', {
    send: async (payload) => {
      sending.resolve();
      await sent.promise;
      return answer(payload);
    },
  });
  await sending.promise;
  await own.forget();
  sent.resolve();
  await until(own, all('recorded'));
  assert.deepEqual([await keeper.all('owner'), await keeper.all('neighbour')], [[], []]);
});
