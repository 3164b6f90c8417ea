import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Channel } from '../api/channel/Channel.ts';
import type { ChannelState } from '../api/channel/ChannelState.ts';
import { Store } from '../lib/Store.ts';
import { waitAtDoor } from './waitAtDoor.ts';

const ME = '26737.device';

/**
 * A page at the door, whose time passes when the test says so; what it was told of being waited for.
 * @param stands the page before had the order channel
 */
function page(t: TestContext, stands = false) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const state = new Store<Pick<ChannelState, 'ring' | 'floor'>>({
    ring: undefined,
    floor: { speakers: [] } as unknown as ChannelState['floor'],
  });
  const opened: string[] = [];
  const said: boolean[] = [];
  const door = waitAtDoor({
    standing: () => (stands ? ({ state } as unknown as Channel) : undefined),
    open: (identity) => {
      opened.push(identity);
      return { state } as unknown as Channel;
    },
    wanted: (isWanted) => said.push(isWanted),
  });
  return { state, opened, said, door };
}

test('PL18 who waits for a turn opens the order channel once, within ten seconds, as far as the server says who they are', (t) => {
  const { opened, door } = page(t);
  door.wait(undefined);
  t.mock.timers.tick(10_000);
  assert.deepEqual(opened, []);
  door.wait(ME);
  t.mock.timers.tick(10_000);
  door.wait(ME);
  t.mock.timers.tick(10_000);
  assert.deepEqual(opened, [ME]);
});

test('PL18 a call is said at once and again until the door is closed or the call is over; so is a place on the stage', (t) => {
  const { state, said, door } = page(t);
  door.wait(ME);
  t.mock.timers.tick(10_000);
  state.set({ ring: {} as ChannelState['ring'] });
  assert.deepEqual(said, [true]);
  t.mock.timers.tick(1_000);
  assert.deepEqual(said, [true, true], 'a node that had not heard of it is asked again');
  state.set({ ring: undefined });
  t.mock.timers.tick(5_000);
  assert.deepEqual(said, [true, true, false]);
  state.set({ floor: { speakers: [{ seat: { identity: ME } }] } as unknown as ChannelState['floor'] });
  assert.equal(said.at(-1), true);
  door.close();
  t.mock.timers.tick(5_000);
  assert.equal(said.length, 4);
});

test('CH14 with the order channel of the page before nobody waits for another, and a call that rang there goes in', (t) => {
  const { state, opened, said, door } = page(t, true);
  state.set({ ring: {} as ChannelState['ring'] });
  door.wait(ME);
  assert.deepEqual(opened, []);
  assert.deepEqual(said, [true]);
});
