import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import type { StageEvents } from '../../../domain/shared/stage.ts';
import type { ChannelContext } from '../channel/types.ts';
import { type ExcessElsewhere, ExcessNotices, type ExcessTold } from './ExcessNotices.ts';

test('FL17 officials above the unit are told of an excess, once a minute for a device and kind', () => {
  const briefing = randomUUID();
  const told: string[] = [];
  const to = (rooms: string[]) => ({
    emit: (name: string, { what }: { what: string }) => told.push(`${name} ${what} ${rooms.join(' ')}`),
  });
  const said: ExcessTold[] = [];
  const link = (): ExcessElsewhere => ({ tell: () => undefined, hear: () => undefined });
  let now = 0;
  const channel = { io: { local: { to } }, now: () => new Date(now) } as unknown as ChannelContext;
  const stage = new EventEmitter<StageEvents>();
  const [elsewhere, other] = [link(), link()];
  elsewhere.tell = (excess) => void said.push(excess);
  const notices = new ExcessNotices(channel, stage, elsewhere);
  const attributes = { 'dh.unit': '11', 'dh.path': 'vn.1.11', 'dh.role': 'seat' };
  const exceed = (what: StageEvents['excess'][0]['what'], of: Record<string, string> = attributes) =>
    stage.emit('excess', { room: briefing, identity: '11.a', sid: 'PA_a', attributes: of, what });
  for (const what of ['sdp', 'sdp', 'bitrate'] as const) exceed(what);
  exceed('sdp', {});
  now = 60_000;
  exceed('sdp');
  notices.close();
  exceed('tracks');
  const rooms = ['vn', 'vn.1', 'vn.1.11'].map((path) => `briefing:${briefing}:officials:${path}`).join(' ');
  assert.deepEqual(told, [`seat.excess sdp ${rooms}`, `seat.excess bitrate ${rooms}`, `seat.excess sdp ${rooms}`]);

  const far = new ExcessNotices(channel, new EventEmitter<StageEvents>(), other);
  for (const excess of said) other.hear(excess);
  assert.deepEqual(told.slice(3), told.slice(0, 3), 'officials at another node hear the same');
  far.close();
});
