import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { person } from '../../../../test/support/floorPeople.ts';
import { emptyFloor, type FloorState } from '../../../domain/floor/FloorState.ts';
import { AWAY_AFTER_MS } from '../../../domain/floor/HandsAway.ts';
import { LiveFloors } from '../../../domain/floor/LiveFloors.ts';
import { Heard } from '../channel/Heard.ts';
import type { ChannelContext, ChannelSocket } from '../channel/types.ts';
import { HandNotices } from './HandNotices.ts';

const at = '2026-09-02T07:00:00.000Z';
const briefing = randomUUID();
const [first, second, other] = ['vn.1.11', 'vn.1.12', 'vn.2.21'].map((path) => person(briefing, 'seat', path).seat);
const names = new Map([first, second, other].map((seat, i) => [seat?.identity, ['first', 'second', 'other'][i]]));

/** Officials of vn, vn.1 and vn.2, and three raised hands. */
function start() {
  const territories = new Heard();
  for (const path of ['vn', 'vn.1', 'vn.2']) territories.enter(briefing, path);
  const told: string[] = [];
  const say = (to: string, { identities }: { identities: string[] }) =>
    told.push(`${to}: ${identities.map((identity) => names.get(identity)).join(' ')}`);
  const to = (room: string) => ({
    emit: (_: string, notice: { identities: string[] }) => say(room.split(':').at(-1) ?? '', notice),
  });
  const channel = { io: { local: { to } }, territories } as unknown as ChannelContext;
  const live = new LiveFloors();
  const connected = new Set<string | undefined>(names.keys());
  let now = 0;
  const notices = new HandNotices(channel, {
    live,
    isConnected: (_, identity) => connected.has(identity),
    elapsed: () => now,
  });
  let seq = 0;
  const apply = (change: Partial<FloorState>) =>
    live.apply({ floor: { ...emptyFloor(briefing), ...change, seq: ++seq }, calls: [] });
  const hands = [first, second, other].flatMap((seat) => (seat ? { seat, raisedAt: at } : []));
  apply({ hands });
  const after = (ms: number): string[] => {
    now += ms;
    told.length = 0;
    notices.look();
    return [...told];
  };
  const welcome = (path: string, role: 'moderator' | 'seat' = 'moderator'): string[] => {
    told.length = 0;
    const socket = { emit: (_: string, notice: { identities: string[] }) => say('first notice', notice) };
    notices.welcome(socket as unknown as ChannelSocket, briefing, person(briefing, role, path).seat);
    return [...told];
  };
  return { after, apply, connected, hands, notices, welcome };
}

test('FL58 a hand is away when its device was connected to no node for four seconds, and back at once', () => {
  const { after, connected, notices, welcome } = start();
  assert.deepEqual(after(0), []);
  connected.delete(first?.identity);
  assert.deepEqual(after(0), [], 'a page that is loaded anew');
  assert.deepEqual(after(AWAY_AFTER_MS - 1), []);
  assert.deepEqual(after(1), ['vn: first', 'vn.1: first'], 'officials above it, and no others');
  assert.deepEqual(after(60_000), [], 'once');
  connected.delete(other?.identity);
  after(0);
  assert.deepEqual(after(AWAY_AFTER_MS), ['vn: first other', 'vn.2: other']);
  assert.deepEqual(welcome('vn'), ['first notice: first other']);
  assert.deepEqual(welcome('vn.1'), ['first notice: first']);
  assert.deepEqual(welcome('vn.1.11', 'seat'), []);
  connected.add(first?.identity);
  assert.deepEqual(after(0), ['vn: other', 'vn.1: ']);
  assert.deepEqual(welcome('vn.1'), ['first notice: '], 'a page that returns may have read otherwise');
  notices.close();
});

test('FL58 a hand that goes down while it is away is told by the floor; raised again it has its four seconds', () => {
  const { after, apply, connected, hands, notices, welcome } = start();
  connected.delete(first?.identity);
  after(0);
  after(AWAY_AFTER_MS);
  apply({ hands: hands.slice(1) });
  assert.deepEqual(after(0), []);
  assert.deepEqual(welcome('vn'), ['first notice: ']);
  apply({ hands });
  assert.deepEqual(after(0), []);
  assert.deepEqual(after(AWAY_AFTER_MS), ['vn: first', 'vn.1: first']);
  notices.close();
});
