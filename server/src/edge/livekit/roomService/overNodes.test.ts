import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ListRoomsRequest, ListRoomsResponse } from '@livekit/protocol';
import type { RoomServiceContext } from './method.ts';
import { type AskedNodes, answerOthers, overNodes } from './overNodes.ts';
import { roomMethods } from './rooms.ts';

const { ListRooms } = roomMethods;

/** A node with these rooms. */
function contextOf(names: readonly string[], touches: (room: string) => boolean): RoomServiceContext {
  const all = names.map((name) => ({ name, policy: { kind: 'open' }, info: { name } }));
  return { rooms: { list: () => all }, touches } as unknown as RoomServiceContext;
}

test('ND10 KY2 a key that has some rooms is told of no others at other nodes either', async () => {
  const there = answerOthers(
    new Map([['ListRooms', ListRooms]]),
    contextOf(['archive-2', 'foreign'], () => true),
  );
  const asked = {
    all: async (_: unknown, body: unknown) => [await there.answer(body, { node: 'b', boot: 'b' })],
  } as unknown as AskedNodes;
  const here = contextOf(['archive-1', 'strange'], (room) => room.startsWith('archive-'));
  const answer = await overNodes(ListRooms, 'ListRooms', new ListRoomsRequest(), here, asked);
  assert.ok(answer instanceof ListRoomsResponse);
  assert.deepEqual(
    answer.rooms.map(({ name }) => name),
    ['archive-1', 'archive-2'],
  );
});
