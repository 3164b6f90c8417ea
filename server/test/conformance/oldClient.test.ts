import assert from 'node:assert/strict';
import { test } from 'node:test';
import { suite } from '../support/suite.ts';
import { freshRoom } from '../support/Target.ts';
import { until } from '../support/until.ts';

const on = suite();

test('livekit-client 1.15 sees, hears and gets data before it has published anything, and after', async () => {
  const room = freshRoom('old');
  const an = await on.rtc(room, 'an');
  const old = await on.js(room, 'old', { old: true });
  await an.publishTone(440);
  await an.publishColour('red', { width: 640, height: 360 });
  await old.sees('an', 'red');
  await old.hears('an', 440);
  await an.say('before');
  const [text, from] = await old.saw('dataReceived');
  assert.deepEqual([text, from], ['before', 'an']);

  await old.publishTone(600);
  const ear = await an.listen('old');
  await until('600 Hz', () => ear.hears(600));
  await old.run(
    `await room.localParticipant.publishData(new TextEncoder().encode('mine'), lk.DataPacket_Kind.RELIABLE)`,
  );
  await until('its message', () => an.messages.includes('old>mine'));
  await an.say('after');
  await old.saw('dataReceived', { where: (got) => got === 'after' });
  assert.deepEqual(
    (await old.events('dataReceived')).map(([got]) => got),
    ['before', 'after'],
  );
});
