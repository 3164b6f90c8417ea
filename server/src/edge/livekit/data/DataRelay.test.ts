import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type RoomDataMessage, roomDataTopic } from '../../../cluster/topics/roomData.ts';
import { DataRelay, type Relayed } from './DataRelay.ts';

const message = (text: string): Relayed => ({
  room: 'r',
  packet: Buffer.from(text).toString('base64'),
  metrics: false,
});

/** Two nodes and what is between them: messages that were not lost wait until they are delivered. */
function pair(loses: () => boolean) {
  const clock = { now: 0 };
  const got: string[] = [];
  const lost: string[] = [];
  const node = (name: string) => ({ node: name, boot: `00000000-0000-4000-8000-00000000000${name}` });
  const [one, two] = [node('1'), node('2')];
  const waiting: (() => void)[] = [];
  const make = (self: typeof one, deliver: (text: string) => void) =>
    new DataRelay({
      self,
      now: () => clock.now,
      deliver: (kind, { packet }) => deliver(`${kind === 'lossy' ? '~' : ''}${Buffer.from(packet, 'base64')}`),
      lost: (room) => lost.push(room),
    });
  const from = make(one, () => assert.fail('it hears itself'));
  const to = make(two, (text) => got.push(text));
  const link = (hear: (said: RoomDataMessage) => void) => (said: RoomDataMessage) => {
    const parsed = roomDataTopic.schema.parse(JSON.parse(JSON.stringify(said)));
    if (!loses()) waiting.push(() => hear(parsed));
  };
  from.start(link((said) => to.hear(said, one)));
  to.start(link((said) => from.hear(said, two)));
  const settle = () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) next();
  };
  const after = (ms: number) => {
    clock.now += ms;
    from.tell();
    settle();
  };
  const close = () => [from, to].forEach((relay) => void relay.close());
  return { from, got, lost, settle, after, close };
}

test('ND9 reliable messages come in order and once each, though the bus loses some; lossy ones may not come', () => {
  for (let seed = 1; seed <= 300; seed++) {
    let state = seed;
    const random = () => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647;
    };
    const loss = { share: 0 };
    const { from, got, lost, settle, after, close } = pair(() => random() < loss.share);
    const sent: string[] = [];
    for (let i = 0; i < 40; i++) {
      // Of the very first nobody knew before.
      loss.share = i === 0 ? 0 : 0.4;
      from.send('reliable', message(`${i}`));
      sent.push(`${i}`);
      if (random() < 0.3) from.send('lossy', message('lossy'));
      if (random() < 0.5) settle();
      if (random() < 0.1) after(400);
    }
    loss.share = 0;
    for (let i = 0; i < 3; i++) after(1_000);
    assert.deepEqual(
      got.filter((text) => text !== '~lossy'),
      sent,
      `seed ${seed}`,
    );
    assert.deepEqual(lost, []);
    close();
  }
});

test('ND9 what the bus did not carry for longer than it is kept is lost, which is said, and the next ones come', () => {
  let away = false;
  const { from, got, lost, settle, after, close } = pair(() => away);
  from.send('reliable', message('a'));
  settle();
  away = true;
  from.send('reliable', message('b'));
  after(10_000);
  from.send('reliable', message('c'));
  after(10_000);
  away = false;
  from.send('reliable', message('d'));
  after(1_000);
  assert.deepEqual([got, lost], [['a', 'c', 'd'], ['r']]);
  close();
});
