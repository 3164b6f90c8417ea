import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ownKeys } from '../support/OwnServer.ts';
import { suite } from '../support/suite.ts';
import { freshRoom } from '../support/Target.ts';
import { until } from '../support/until.ts';
import { WebhookSink } from '../support/WebhookSink.ts';

/** Another server must be told beforehand where to post: to this port of 127.0.0.1. */
const port = Number(process.env.CONFORMANCE_WEBHOOK_PORT ?? 0);
const skip = process.env.CONFORMANCE_URL && !port ? 'CONFORMANCE_WEBHOOK_PORT is not set' : false;
const { CONFORMANCE_API_KEY: key = ownKeys.key, CONFORMANCE_API_SECRET: secret = ownKeys.secret } = process.env;
const sink = await WebhookSink.open(key, secret, port);
after(() => sink.close());
const on = suite({ browser: false, webhookUrls: [sink.url] });

test('#21 webhooks are signed, and tell a room in order', { skip }, async () => {
  const room = freshRoom('21');
  const an = await on.rtc(room, 'an');
  await until('joined', () => sink.of(room).includes('participant_joined'));
  const publication = await an.publishTone(440);
  await until('published', () => sink.of(room).includes('track_published'));
  const binh = await on.rtc(room, 'binh');
  await until('both joined', () => sink.of(room).filter((e) => e === 'participant_joined').length === 2);
  await an.me.unpublishTrack(publication.sid ?? '');
  await until('unpublished', () => sink.of(room).includes('track_unpublished'));
  await binh.close();
  await until('left', () => sink.of(room).includes('participant_left'));
  await on.target.rooms.deleteRoom(room);
  await until('finished', () => sink.of(room).includes('room_finished'));
  assert.deepEqual(sink.of(room), [
    'room_started',
    'participant_joined',
    'track_published',
    'participant_joined',
    'track_unpublished',
    'participant_left',
    'participant_left',
    'room_finished',
  ]);
  assert.deepEqual(sink.refused, []);
  const events = sink.events.filter((e) => e.room?.name === room);
  assert.equal(new Set(events.map((e) => e.id)).size, events.length);
  assert.ok(events.every((e) => Math.abs(Number(e.createdAt) - Date.now() / 1000) < 60));
  assert.deepEqual([events[1]?.participant?.identity, events[2]?.participant?.identity], ['an', 'an']);
  assert.equal(events[2]?.track?.sid, publication.sid);
  assert.ok(sink.headers.every((h) => h['content-type'] === 'application/webhook+json'));
});

test('#21 an event that was not taken is sent again, and none overtakes it', { skip }, async () => {
  const room = freshRoom('21');
  sink.status = 500;
  const before = sink.headers.length;
  await on.target.rooms.createRoom({ name: room });
  await until('a first attempt', () => sink.headers.length > before);
  sink.status = 200;
  await on.target.rooms.deleteRoom(room);
  await until('both events', () => sink.of(room).length === 2, 20_000);
  assert.deepEqual(sink.of(room), ['room_started', 'room_finished']);
});
