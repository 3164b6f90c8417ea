import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { FigureIntake } from '../../../domain/figure/FigureIntake.ts';
import { INTAKE } from '../../../domain/figure/limits.ts';
import { SourceKeys } from '../../../domain/figure/SourceKeys.ts';
import { Quotas } from '../../../lib/Quotas.ts';
import type { BatchAnswer } from '../../../protocol/figureBatch.ts';
import { batchRoutes } from './batchRoutes.ts';

const LINE = '{"indicator":"beds-free","unit":"1","period":"2026-08-01","value":1}\n';
const answer: BatchAnswer = {
  n: null,
  seal: null,
  accepted: 1,
  unchanged: 0,
  held: 0,
  refused: 0,
  errors: [],
  dryRun: false,
};

/** A node whose store answers when it is told to, and what is with it. */
function world() {
  const recording: { readonly source: string; readonly done: () => void }[] = [];
  const read: string[] = [];
  const intake = new FigureIntake({
    store: {
      take: ({ source }) =>
        new Promise((resolve) => recording.push({ source: source.code, done: () => resolve(answer) })),
      tryOut: () => Promise.reject(new Error('nothing is tried out here')),
    },
    tree: () => ({ find: () => undefined, isBase: () => true, named: () => [] }),
    committed: () => undefined,
  });
  const keys = new SourceKeys({ holder: async () => undefined }, new Quotas());
  const [route] = batchRoutes(intake, keys, () => undefined);
  const send = (code: string, body = LINE): Promise<unknown> => {
    async function* bytes() {
      read.push(code);
      yield Buffer.from(body);
    }
    const source = { code, name: code, rank: 1, root: 'vn', indicators: [], simulated: false };
    const caller = { source, keyHash: Buffer.alloc(32) };
    const asked = { caller, query: { key: randomUUID(), mode: 'partial', dryRun: false }, headers: {} };
    return route?.handle({ ...asked, body: { type: 'application/x-ndjson', bytes: bytes() } } as never) as never;
  };
  return { recording, read, send };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));
async function comes(what: string, is: () => boolean): Promise<void> {
  for (let turns = 0; !is(); turns += 1) {
    assert.ok(turns < 1_000, what);
    await turn();
  }
}

test('FG48 of a source one batch is taken at a time, and of another nothing is read', async () => {
  const { recording, read, send } = world();
  const first = send('moh');
  await comes('the first is with the store', () => recording.length === 1);
  await assert.rejects(send('moh'), { reason: 'rate-limited', retryAfterSeconds: INTAKE.againMs / 1000 });
  assert.deepEqual(read, ['moh']);
  const other = send('army');
  await comes('that of another source too', () => recording.length === 2);
  for (const { done } of recording) done();
  await Promise.all([first, other]);
  const next = send('moh');
  await comes('the next one of the first', () => recording.length === 3);
  recording[2]?.done();
  await next;
});

test('FG48 a few batches are with the store at once, the others come in their order, and beyond those none is read', async () => {
  const { recording, read, send } = world();
  const sources = Array.from({ length: INTAKE.bodies }, (_, i) => `source-${i}`);
  const all = sources.map((code) => send(code));
  await comes('all are read', () => read.length === INTAKE.bodies);
  for (let turns = 0; turns < 20; turns += 1) await turn();
  assert.equal(recording.length, INTAKE.recording);
  await assert.rejects(send('late'), { reason: 'node-full', retryAfterSeconds: INTAKE.againMs / 1000 });
  assert.equal(read.length, INTAKE.bodies);
  for (let i = 0; i < INTAKE.bodies; i += 1) {
    await comes(`batch ${i}`, () => recording.length > i);
    assert.ok(recording.length - i <= INTAKE.recording);
    recording[i]?.done();
  }
  await Promise.all(all);
  assert.deepEqual(recording.map(({ source }) => source).sort(), sources.toSorted());
});

test('FG48 a batch that is refused makes way for the next', async () => {
  const { recording, read, send } = world();
  await assert.rejects(send('moh', '{"indicator"'), { reason: 'bad-request' });
  const next = send('moh');
  await comes('the next is with the store', () => recording.length === 1);
  recording[0]?.done();
  await next;
  assert.deepEqual(read, ['moh', 'moh']);
});
