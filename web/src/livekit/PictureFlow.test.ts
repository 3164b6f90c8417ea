import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { ConnectionState, Track } from 'livekit-client';
import { PictureFlow, picturesOf } from './PictureFlow.ts';

/** A page with pictures whose frames come when the test says so. */
function page(sids: readonly string[]) {
  mock.timers.enable({ apis: ['setInterval'] });
  const frames = new Map(sids.map((sid) => [sid, 0]));
  const moving = new Set(sids);
  const said: string[] = [];
  const room = { joined: true };
  let now = 0;
  let asked = 0;
  const flow = new PictureFlow(
    {
      pictures: () =>
        room.joined
          ? [...frames.keys()].map((sid) => ({
              sid,
              frames: async () => {
                asked += 1;
                return frames.get(sid);
              },
            }))
          : undefined,
      changed: (state) => said.push(`${state} at ${now}`),
    },
    () => now,
  );
  return {
    frames,
    moving,
    said,
    room,
    asked: () => asked,
    run: async (ms: number) => {
      for (const end = now + ms; now < end; ) {
        now += 500;
        for (const sid of frames.keys()) if (moving.has(sid)) frames.set(sid, (frames.get(sid) ?? 0) + 15);
        mock.timers.tick(500);
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    close: () => {
      flow.close();
      mock.timers.reset();
    },
  };
}

test('PL27 pictures that stop are told within two seconds, and told again when one of them moves', async () => {
  const { moving, said, run, close } = page(['a', 'b']);
  await run(3_000);
  assert.deepEqual(said, []);
  moving.delete('a');
  await run(3_000);
  assert.deepEqual(said, [], 'one of them moves');
  moving.clear();
  await run(3_000);
  assert.deepEqual(said, ['stopped at 7500'], 'the last frame came at 6000');
  moving.add('b');
  await run(500);
  assert.deepEqual(said.slice(1), ['flow at 9500']);
  close();
});

test('PL27 a picture that never began is told as well, and where nothing is to be shown nothing has stopped', async () => {
  const { frames, moving, said, run, close } = page([]);
  await run(5_000);
  assert.deepEqual(said, []);
  moving.clear();
  frames.set('a', 0);
  await run(2_000);
  assert.deepEqual(said, ['stopped at 6500']);
  frames.delete('a');
  await run(500);
  assert.deepEqual(said.slice(1), ['flow at 7500'], 'it was muted, or is held back and said to be');
  close();
});

test('PL27 a page that has come to another node has a picture when it has decoded one there', async () => {
  const { frames, moving, said, room, run, close } = page(['a']);
  room.joined = false;
  await run(3_000);
  assert.deepEqual(said, [], 'before the first room nothing has stopped');
  room.joined = true;
  await run(3_000);
  moving.clear();
  await run(2_000);
  room.joined = false;
  await run(1_000);
  room.joined = true;
  frames.set('a', 0);
  await run(1_000);
  assert.deepEqual(said, ['stopped at 7500'], 'also between the two rooms, and until a frame has come');
  moving.add('a');
  await run(500);
  assert.deepEqual(said.slice(1), ['flow at 10500'], 'its decoder counts from 0');
  close();
});

test('PL27 a look asks one picture while that one moves, however many there are', async () => {
  const { asked, run, close } = page(['a', 'b', 'c', 'd']);
  await run(5_000);
  assert.equal(asked(), 10);
  close();
});

test('PL27 a page waits for a picture that it has subscribed to and that has not come; one held back is excused by a weak line alone', (t) => {
  Object.assign(globalThis, { document: { visibilityState: 'visible' } });
  t.after(() => Reflect.deleteProperty(globalThis, 'document'));
  const shown = { isMuted: false, isEnabled: true, isDesired: true, trackSid: 'TR' };
  const flowing = { streamState: Track.StreamState.Active, attachedElements: [{}] };
  const held = { ...flowing, streamState: Track.StreamState.Paused };
  const waits = (camera: object, line: 'good' | 'weak' = 'good') => {
    const person = { getTrackPublication: () => camera };
    const room = { state: ConnectionState.Connected, remoteParticipants: new Map([['PA', person]]) };
    return picturesOf(room as never, line)?.length === 1;
  };
  assert.ok(waits({ ...shown, track: flowing }));
  assert.ok(waits(shown), 'its node may be cut off from that of the page');
  assert.ok(waits({ ...shown, track: held }));
  assert.ok(!waits({ ...shown, track: held }, 'weak'));
  for (const less of [{ isMuted: true }, { isEnabled: false }, { isDesired: false }])
    assert.ok(!waits({ ...shown, ...less, track: flowing }));
  assert.ok(!waits({ ...shown, track: { ...flowing, attachedElements: [] } }), 'nobody looks at it');
});
