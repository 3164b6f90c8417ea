import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import type { DirectiveNews } from '../../../domain/directive/DirectiveNews.ts';
import type { UnitsHere } from '../../../domain/directive/ports.ts';
import type { Seat } from '../../../protocol/floor.ts';
import type { ChannelContext, ChannelSocket } from '../channel/types.ts';
import { DirectiveNotices, type DirectiveNoticesParts } from './DirectiveNotices.ts';

test('DR30 DR31 who is here is known without a look at the rooms, and until the last device of a unit has gone', () => {
  let here: () => UnitsHere = () => assert.fail('it told nobody who is here');
  const news = Object.assign(new EventEmitter(), {
    tellTo: (asked: () => UnitsHere) => {
      here = asked;
    },
  }) as unknown as DirectiveNews;
  const io = { of: () => assert.fail('it looked through the rooms') } as unknown as ChannelContext['io'];
  const parts = { news, failed: assert.fail } as unknown as DirectiveNoticesParts;
  const notices = new DirectiveNotices({ io }, parts);
  const enter = (unit: string) => {
    const socket = Object.assign(new EventEmitter(), { join: () => undefined });
    const seat = { unit, path: `vn.${unit}`, role: 'seat', identity: `${unit}.a` } as Seat;
    notices.welcome(socket as unknown as ChannelSocket, 'b', seat);
    return socket;
  };
  const [one, other] = [enter('11'), enter('11')];
  for (let unit = 1_000; unit < 21_000; unit++) enter(`${unit}`);
  assert.deepEqual([here().size, here().has('11'), here().has('12')], [20_001, true, false]);
  one.emit('disconnect');
  assert.equal(here().has('11'), true);
  other.emit('disconnect');
  assert.deepEqual([here().size, here().has('11')], [20_000, false]);
  notices.close();
});
