import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { mock, type TestContext, test } from 'node:test';
import type { WorkerChannel } from '../line/workerChannel.ts';
import { ConsumerSwitches } from './ConsumerSwitches.ts';
import {
  CONSUMER_PAUSE,
  CONSUMER_RESUME,
  WORKER_SWITCH_CONSUMERS,
  WORKER_SWITCH_CONSUMERS_REQUEST,
} from './switchConsumers.ts';

const require = createRequire(import.meta.url);
const requests = join(dirname(require.resolve('mediasoup')), 'fbs/request');
const { Method } = require(join(requests, 'method.js'));
const { Body } = require(join(requests, 'body.js'));
const last = (values: Record<string, number | string>) =>
  Math.max(...Object.values(values).filter((value) => typeof value === 'number'));

const OTHER = 1;

/** A worker that is told, in words, and answers when the test says so. */
function worker() {
  const told: string[] = [];
  const answers: PromiseWithResolvers<unknown>[] = [];
  const [texts, lists]: [string[], string[][]] = [[], []];
  const bufferBuilder = {
    createString: (text: string) => texts.push(text) - 1,
    startVector: () => lists.push([]),
    addOffset: (text: number) => lists.at(-1)?.unshift(texts[text] ?? ''),
    endVector: () => lists.length,
    startObject: () => undefined,
    addFieldOffset: () => undefined,
    endObject: () => 1,
  };
  const request = (method: number, _type: number, _body: number, handler: string) => {
    const [pause, resume] = lists.splice(0);
    if (method === WORKER_SWITCH_CONSUMERS) told.push(`pause ${pause}, resume ${resume}`);
    else told.push(`${method} ${handler}`);
    const answer = Promise.withResolvers<unknown>();
    answers.push(answer);
    return answer.promise;
  };
  const channel = { bufferBuilder, request } as unknown as WorkerChannel;
  const switches = ConsumerSwitches.on(channel);
  const ask = (method: number, handler: string) => channel.request(method, 0, 0, handler) as Promise<unknown>;
  return { told, answers, switches, ask };
}

const mocked = (t: TestContext) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  t.after(() => mock.timers.reset());
};

test('the request to switch comes right after that for lines, and pause and resume are those of the library', () => {
  assert.equal(WORKER_SWITCH_CONSUMERS, last(Method) + 3);
  assert.equal(WORKER_SWITCH_CONSUMERS_REQUEST, last(Body) + 3);
  assert.deepEqual([CONSUMER_PAUSE, CONSUMER_RESUME], [Method.CONSUMER_PAUSE, Method.CONSUMER_RESUME]);
});

test('CL60 what is told while somebody gathers is one request, and answered to all by its answer', async () => {
  const { told, answers, switches, ask } = worker();
  void ask(CONSUMER_PAUSE, 'a');
  const [one, two] = [switches.gather(), switches.gather()];
  const asked = [ask(CONSUMER_PAUSE, 'b'), ask(CONSUMER_RESUME, 'c'), ask(CONSUMER_RESUME, 'd')];
  void ask(OTHER, 'c');
  one();
  one();
  assert.deepEqual(told, [`${CONSUMER_PAUSE} a`, `${OTHER} c`]);
  two();
  assert.deepEqual(told.slice(2), ['pause b, resume c,d']);
  answers.at(-1)?.resolve(undefined);
  await Promise.all(asked);
  void ask(CONSUMER_RESUME, 'e');
  assert.deepEqual(told.slice(3), [`${CONSUMER_RESUME} e`]);
});

test('CL61 a cut waits for other cuts, and for nobody else who gathers', () => {
  const { told, switches, ask } = worker();
  const [other, one, two] = [switches.gather(), switches.gather(true), switches.gather(true)];
  void ask(CONSUMER_RESUME, 'a');
  one();
  assert.deepEqual(told, []);
  two();
  assert.deepEqual(told, ['pause , resume a']);
  void ask(CONSUMER_RESUME, 'b');
  const three = switches.gather(true);
  other();
  assert.deepEqual(told.slice(1), []);
  three();
  assert.deepEqual(told.slice(1), ['pause , resume b']);
});

test('CL60 of one consumer the last word holds, and a worker that has ended answers all by that', async () => {
  const { told, answers, switches, ask } = worker();
  const tell = switches.gather();
  const asked = [ask(CONSUMER_RESUME, 'a'), ask(CONSUMER_PAUSE, 'a'), ask(CONSUMER_RESUME, 'b')];
  tell();
  assert.deepEqual(told, ['pause a, resume b']);
  answers[0]?.reject(new Error('it has ended'));
  for (const one of asked) await assert.rejects(one, /it has ended/);
});

test('CL60 however long somebody gathers, nobody waits longer than half a second', (t) => {
  mocked(t);
  const { told, switches, ask } = worker();
  const tell = switches.gather();
  void ask(CONSUMER_RESUME, 'a');
  mock.timers.tick(499);
  assert.deepEqual(told, []);
  mock.timers.tick(1);
  assert.deepEqual(told, ['pause , resume a']);
  void ask(CONSUMER_RESUME, 'b');
  tell();
  assert.deepEqual(told.slice(1), ['pause , resume b']);
  mock.timers.tick(1_000);
  assert.equal(told.length, 2);
});
