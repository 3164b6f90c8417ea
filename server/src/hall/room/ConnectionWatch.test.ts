import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { parseSfuConfig } from '@dieu-hanh/sfu-config';
import { DisconnectReason } from '@livekit/protocol';
import {
  CONNECT_TIMEOUT_MS,
  type ConnectionOwner,
  ConnectionWatch,
  KEPT_UNCONNECTED_MS,
  MEDIA_PATIENCE_MS,
  RESUME_PATIENCE_MS,
} from './ConnectionWatch.ts';

const { rooms } = parseSfuConfig({});
const KEPT_WITH_MEDIA_MS = rooms.keptWithMediaSeconds * 1000;
const KEPT_WITHOUT_MEDIA_MS = rooms.keptWithoutMediaSeconds * 1000;

function start(t: TestContext) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const log: string[] = [];
  const note = (what: string) => (reason: DisconnectReason, action?: string) =>
    log.push([what, DisconnectReason[reason], action].filter(Boolean).join(' '));
  const owner: ConnectionOwner = {
    primary: 'subscriber',
    outlet: { leave: note('tell') },
    becameActive: () => log.push('active'),
    connectionChanged: (lost) => log.push(lost ? 'lost' : 'back'),
    leave: note('leave'),
    depart: note('leave'),
  };
  const connection = new ConnectionWatch(owner, rooms);
  t.after(() => connection.close());
  const connect = () => {
    connection.media('publisher', 'connected');
    connection.media('subscriber', 'connected');
  };
  return { connection, log, connect, tick: (ms: number) => t.mock.timers.tick(ms) };
}

test('active once the primary connection stands', (t) => {
  const { connection, log, connect } = start(t);
  connection.media('publisher', 'connected');
  assert.deepEqual(log, []);
  connect();
  connection.media('subscriber', 'disconnected');
  connection.media('subscriber', 'connected');
  assert.deepEqual(log, ['active', 'lost', 'back']);
});

test('a client whose media never comes is told to join anew; without a socket it is forgotten soon', (t) => {
  const { connection, log, tick } = start(t);
  tick(CONNECT_TIMEOUT_MS);
  assert.deepEqual(log, ['leave MEDIA_FAILURE reconnect']);
  connection.socket(false);
  tick(KEPT_UNCONNECTED_MS);
  assert.deepEqual(log.slice(1), ['leave CONNECTION_TIMEOUT']);
});

test('without a socket they are kept while media flows, and longer than without it', (t) => {
  const { connection, log, connect, tick } = start(t);
  connect();
  connection.socket(false);
  tick(KEPT_WITH_MEDIA_MS - 1);
  assert.deepEqual(log, ['active', 'lost']);
  tick(1);
  assert.deepEqual(log.slice(2), ['leave CONNECTION_TIMEOUT']);
});

test('socket and media gone: the grace counts from the second loss', (t) => {
  const { connection, log, connect, tick } = start(t);
  connect();
  connection.socket(false);
  tick(12_000);
  connection.media('subscriber', 'disconnected');
  tick(KEPT_WITHOUT_MEDIA_MS - 1);
  assert.deepEqual(log, ['active', 'lost']);
  tick(1);
  assert.deepEqual(log.slice(2), ['leave CONNECTION_TIMEOUT']);
});

test('they come back within the grace', (t) => {
  const { connection, log, connect, tick } = start(t);
  connect();
  connection.socket(false);
  tick(KEPT_WITH_MEDIA_MS - 1);
  connection.socket(true);
  tick(KEPT_WITH_MEDIA_MS);
  assert.deepEqual(log, ['active', 'lost', 'back']);
});

test('lost media: first a resume, and when that does not help, a full reconnect', (t) => {
  const { connection, log, connect, tick } = start(t);
  connect();
  connection.media('publisher', 'disconnected');
  tick(MEDIA_PATIENCE_MS);
  assert.deepEqual(log, ['active', 'lost', 'tell MEDIA_FAILURE resume']);
  connection.socket(false);
  connection.socket(true);
  tick(RESUME_PATIENCE_MS);
  assert.deepEqual(log.slice(3), ['leave MEDIA_FAILURE reconnect']);
});

test('media that comes back by itself needs nothing', (t) => {
  const { connection, log, connect, tick } = start(t);
  connect();
  connection.media('subscriber', 'disconnected');
  tick(MEDIA_PATIENCE_MS - 1);
  connection.media('subscriber', 'connected');
  tick(60_000);
  assert.deepEqual(log, ['active', 'lost', 'back']);
});

test('a broken DTLS session can not be resumed', (t) => {
  const { connection, log, connect, tick } = start(t);
  connect();
  connection.media('subscriber', 'failed');
  tick(MEDIA_PATIENCE_MS);
  assert.deepEqual(log.slice(2), ['leave MEDIA_FAILURE reconnect']);
});

test('a silent socket is a lost connection, and no reason to put anybody out', (t) => {
  const { connection, log, connect, tick } = start(t);
  connect();
  connection.silent(true);
  tick(60_000);
  connection.silent(false);
  assert.deepEqual(log, ['active', 'lost', 'back']);
});

test('nothing happens after the end', (t) => {
  const { connection, log, connect, tick } = start(t);
  connect();
  connection.close();
  connection.media('subscriber', 'closed');
  connection.socket(false);
  tick(120_000);
  assert.deepEqual(log, ['active']);
});
