import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { cleanup } from 'node-datachannel';
import { MARK, Manners } from '../../../../scripts/crowd/manners.ts';
import { HALF_SECONDS } from '../../../../scripts/crowd/recordings.ts';
import { ViewerBot } from '../../../../scripts/load/ViewerBot.ts';
import { ChannelClient } from '../../support/ChannelClient.ts';
import { EmbeddedServer, linksIn } from '../../support/EmbeddedServer.ts';
import { happens } from '../../support/happens.ts';
import { Program, secretOf } from '../../support/TestNode.ts';
import { until } from '../../support/until.ts';

const MAIN = fileURLToPath(new URL('../../../../scripts/crowd/main.ts', import.meta.url));
const [UNITS, SEED, HURRY] = [16, 7, 20];

const settings = { DEMO_TREE: '34', DEMO_FIGURES: 'off', DEMO_CROWD: String(UNITS), LOG_LEVEL: 'warn' };

let server: EmbeddedServer;
let crowd: ChildProcess;
let leader: ChannelClient;
let units: readonly string[];
/** Devices of those who accepted a call. */
const called: string[] = [];

before(async () => {
  server = await EmbeddedServer.create();
  const { said } = await server.start(settings);
  const url = `http://127.0.0.1:${server.port}`;
  const options = [
    '--data',
    server.folder,
    '--url',
    url,
    '--seed',
    String(SEED),
    '--over',
    '1',
    '--hurry',
    String(HURRY),
    '--passive',
  ];
  crowd = spawn(process.execPath, [MAIN, ...options], { stdio: ['ignore', 'ignore', 'inherit'] });
  const program = new Program(url);
  const link = secretOf(linksIn(said).get('Prime Minister') ?? '');
  program.token = (await program.post('/api/session/link', { secret: link, transport: 'bearer' })).body.token;
  const { briefings } = (await program.get('/api/briefings')).body;
  leader = await ChannelClient.open({ url }, program, briefings[0].id);
});
after(async () => {
  leader?.close();
  if (crowd?.exitCode === null) {
    const ended = happens(crowd, 'exit', 30_000);
    crowd.kill('SIGTERM');
    await ended;
  }
  await server?.close();
  cleanup();
});

const isOnStage = (speakers: ChannelClient['floor']['speakers'], unit: string): boolean =>
  speakers.some(({ seat, place }) => seat.unit === unit && place === 'stage');

/** Calls it until it accepts. */
async function callOnStage(unit: string): Promise<void> {
  for (;;) {
    const call = await leader.act('call.start', { unit, seconds: 10 });
    if (new Manners(SEED, unit, HURRY).call(call.id).kind !== 'accepted') {
      await leader.heardOf('call.over', ({ id }) => id === call.id, 30_000);
      continue;
    }
    await leader.sees('the unit on stage', ({ speakers }) => isOnStage(speakers, unit));
    return;
  }
}

const allHere = (): Promise<readonly string[]> =>
  until(
    'all are here',
    async () => {
      const list = await leader.act('presence.list', { root: 'vn', states: ['here'] }).catch(() => undefined);
      return list?.rows.length === UNITS ? list.rows.map(({ unit }) => unit) : pause(500, undefined);
    },
    90_000,
  );

test('DC1 DC6 units of the demo come by themselves, with media, and are counted', async () => {
  units = await allHere();
  assert.equal(new Set(units).size, UNITS);
});

test('DC3 DC4 each answers a roll-call as its manners say, and what it writes says that it is made up', async () => {
  await leader.act('stage.goLive', {});
  const ask = { key: randomUUID(), question: 'Lãnh đạo đơn vị có mặt không?', scope: ['vn'], seconds: 15 };
  const round = await leader.act('round.open', { ...ask, lateSeconds: 60 });
  const wanted = new Map(units.map((unit) => [unit, new Manners(SEED, unit, HURRY).answer(round.id)]));
  const states = {
    silent: ['called', 'absent'],
    away: ['absent'],
    present: ['answered', 'substituted'],
    late: ['late'],
  };
  const isAsWanted = (unit: string, state: string): boolean =>
    states[wanted.get(unit)?.kind ?? 'silent'].includes(state);
  let others: readonly string[] = [];
  await until(
    'all have answered who do',
    async () => {
      const wall = await leader.act('round.wall', { round: round.id });
      const told = new Map(wall.entries.map(([unit, state]) => [unit, state]));
      others = units
        .filter((unit) => !isAsWanted(unit, told.get(unit) ?? ''))
        .map((unit) => `${unit} is ${told.get(unit)}, not ${wanted.get(unit)?.kind}`);
      return others.length === 0 || pause(500, undefined);
    },
    60_000,
  ).catch((error: Error) => assert.fail(`${error.message}: ${others.join('; ')}`));
  const { entries } = await leader.act('round.entries', {
    round: round.id,
    root: 'vn',
    states: ['absent'],
    limit: 500,
  });
  for (const { away, note } of entries) if (away) assert.match(note ?? '', new RegExp(`\\(${MARK}\\)$`));
});

test('DC5 a unit that is called comes on stage, refuses, or misses it, as its manners say', async () => {
  const outcomes = new Set<string>();
  for (const unit of units.slice(0, 6)) {
    const call = await leader.act('call.start', { unit, seconds: 10 });
    const { kind } = new Manners(SEED, unit, HURRY).call(call.id);
    outcomes.add(kind);
    if (kind !== 'accepted') {
      const state = kind === 'missed' ? 'timed-out' : 'refused';
      await leader.heardOf('call.over', (over) => over.id === call.id && over.state === state, 30_000);
      continue;
    }
    await leader.sees('the unit on stage', ({ speakers }) => isOnStage(speakers, unit));
    called.push(leader.floor.speakers.find(({ seat }) => seat.unit === unit)?.seat.identity ?? '');
    await leader.act('call.end', { call: call.id });
    await leader.sees('it left', ({ speakers }) => speakers.every(({ seat }) => seat.unit !== unit));
  }
  assert.ok(outcomes.has('accepted'));
});

test('DC3 while somebody is heard, lines of units that lose packets are told as weak, and no others', async () => {
  const weak = units.filter((unit) => new Manners(SEED, unit).loss() > 0);
  assert.ok(weak.length > 0);
  const speaker = units.find((unit) => !weak.includes(unit)) ?? '';
  await callOnStage(speaker);
  await until(
    'exactly these are told',
    async () => {
      const { rows } = await leader.act('presence.list', { root: 'vn', line: 'weak' });
      const told = rows.map(({ unit }) => unit).sort();
      return told.join() === [...weak].sort().join() || pause(500, undefined);
    },
    60_000,
  );
  const { calls } = leader.floor;
  await leader.act('call.end', { call: calls.find(({ unit }) => unit === speaker)?.id ?? '' });
  await leader.sees('it left', ({ speakers }) => !isOnStage(speakers, speaker));
});

test('DC5 a unit that is invited comes on stage by its own act, as pages do', async () => {
  const identity = called.at(-1) ?? '';
  await leader.act('stage.promote', { identity });
  await leader.sees('the unit on stage', ({ speakers }) =>
    speakers.some(({ seat, place, invited }) => seat.identity === identity && place === 'stage' && !invited),
  );
  await leader.act('stage.demote', { identity });
  await leader.sees('it left', ({ speakers }) => speakers.every(({ seat }) => seat.identity !== identity));
});

test('DC14 sixteen on stage have moving pictures, and speak by turns', async () => {
  const { url, token, identity } = leader.joined;
  const viewer = new ViewerBot(identity, { bindAddress: '127.0.0.1' });
  const ticker = setInterval(() => viewer.connection.tick(performance.now()), 50);
  try {
    await viewer.join({ url, token, room: '', key: '', secret: '', bindAddress: '127.0.0.1' }, identity);
    for (const unit of units) await callOnStage(unit);
    const ofKind = (kind: 'audio' | 'video') =>
      [...viewer.connection.receivers.values()].filter((r) => r.kind === kind);
    const heard = () => ofKind('audio').reduce((sum, { frames }) => sum + frames, 0);
    await until(
      'each picture has come whole twice, since each round of it begins so',
      async () => ofKind('video').filter((r) => r.keyFrames >= 2).length >= UNITS || pause(200, undefined),
      120_000,
    );
    const [before, since] = [heard(), performance.now()];
    await pause(2_000 * HALF_SECONDS);
    const seconds = (performance.now() - since) / 1_000;
    // One speaks in frames of 60 ms, the others send none.
    const share = (heard() - before) / ((seconds * 1_000) / 60);
    assert.ok(share > 0.3 && share < 2, `as if ${share.toFixed(1)} of ${UNITS} spoke all the time`);
    for (const { seat } of leader.floor.speakers)
      if (units.includes(seat.unit)) await leader.act('stage.demote', { identity: seat.identity });
    await leader.sees('all left', ({ speakers }) => units.every((unit) => !isOnStage(speakers, unit)));
  } finally {
    clearInterval(ticker);
    await viewer.close();
  }
});

test('DC2 they come back to a server that was started again, also after kill -9', async () => {
  for (const end of [() => server.stop(), () => server.kill()]) {
    await end();
    await server.start(settings);
    await leader.connected();
    assert.deepEqual([...(await allHere())].sort(), [...units].sort());
  }
});
