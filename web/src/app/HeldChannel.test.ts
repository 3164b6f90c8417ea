import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Channel } from '../api/channel/Channel.ts';
import type { ChannelState } from '../api/channel/ChannelState.ts';
import { Store } from '../lib/Store.ts';
import { HeldChannel } from './HeldChannel.ts';

type Told = Pick<ChannelState, 'link' | 'farewell'>;

/** A device that opens channels one after the other, and what becomes of each. */
function device() {
  const held = new HeldChannel();
  const states: Store<Told>[] = [];
  const open: boolean[] = [];
  const renew = () =>
    held.renew(() => {
      const nr = states.length;
      const state = new Store<Told>({ link: 'connecting', farewell: undefined });
      states.push(state);
      open.push(true);
      const close = () => {
        open[nr] = false;
      };
      return { state, close } as unknown as Channel;
    });
  const becomes = (nr: number, told: Partial<Told>) => states[nr]?.set(told);
  return { held, renew, becomes, open };
}

test('CH14 the channel of the page before stays until the next one stands', () => {
  const { renew, becomes, open } = device();
  renew();
  becomes(0, { link: 'online' });
  renew();
  becomes(1, { link: 'reconnecting' });
  assert.deepEqual(open, [true, true]);
  becomes(1, { link: 'online' });
  assert.deepEqual(open, [false, true]);
});

test('CH14 a channel that would come back does not, since it would put out the one that follows it', () => {
  const { renew, becomes, open } = device();
  renew();
  becomes(0, { link: 'online' });
  renew();
  becomes(0, { link: 'reconnecting' });
  assert.deepEqual(open, [false, true]);
  renew();
  assert.deepEqual(open, [false, false, true], 'nor one that never stood');
});

test('CH14 whoever was shown out or refused has none, and none is left open', () => {
  const { held, renew, becomes, open } = device();
  const first = renew();
  assert.equal(held.standing, first);
  becomes(0, { link: 'online', farewell: 'removed' });
  assert.equal(held.standing, undefined);
  const second = renew();
  becomes(1, { link: 'online' });
  assert.equal(held.standing, second);
  renew();
  becomes(2, { link: 'refused' });
  assert.equal(held.standing, undefined);
  held.close();
  assert.deepEqual(open, [false, false, false]);
});
