import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { after, before, type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { type Act, rules } from '../../../src/domain/shared/rightsTable.ts';
import { BODIES_IN_FLIGHT, BODY_BYTES, ROSTER_BYTES, UNGATED_BODY_BYTES } from '../../../src/protocol/limits.ts';
import type { Role } from '../../../src/protocol/organisation.ts';
import { operatorOf } from '../../support/operatorOf.ts';
import { issueLinkFor } from '../../support/people.ts';
import { longestBody } from '../../support/requests/longestBody.ts';
import { TestNode } from '../../support/TestNode.ts';
import { until } from '../../support/until.ts';

interface Operation {
  readonly security: readonly Readonly<Record<string, unknown>>[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> };
  readonly 'x-right'?: readonly Act[];
}
/** One address that takes a body. */
interface Taking extends Operation {
  readonly method: string;
  readonly path: string;
  readonly type: string;
  readonly schema: object;
}

let node: TestNode;
let taking: readonly Taking[];
before(async () => {
  node = await TestNode.create();
  const { paths } = (await (await fetch(`${node.internalUrl}/api/openapi.json`)).json()) as {
    paths: Record<string, Record<string, Operation>>;
  };
  taking = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) => {
      const [type, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
      if (type === undefined || !content) return [];
      const filled = path.replaceAll(/\{\w+\}/g, '01920000-0000-7000-8000-000000000000');
      return { ...operation, method: method.toUpperCase(), path: filled, type, schema: content.schema };
    }),
  );
});
after(() => node?.close());

const ofStrangers = ({ security }: Taking): boolean => security.length === 0;
const isFile = ({ type, path }: Taking): boolean => type !== 'application/json' && path !== '/api/line';

/** A request that goes on as long as the test wants. */
class Slow {
  readonly #socket: Socket;
  answer = '';
  isClosed = false;

  constructor(t: TestContext, head: readonly string[]) {
    const { hostname, port } = new URL(node.url);
    this.#socket = connect(Number(port), hostname);
    this.#socket.on('error', () => undefined);
    this.#socket.on('data', (data) => {
      this.answer += data;
    });
    this.#socket.on('close', () => {
      this.isClosed = true;
    });
    this.#socket.write(`${head.join('\r\n')}\r\nHost: ${hostname}:${port}\r\n\r\n`);
    t.after(() => this.#socket.destroy());
  }

  send(bytes: Buffer): Promise<void> {
    return new Promise((resolve) => this.#socket.write(bytes, () => resolve()));
  }

  hangUp(): void {
    this.#socket.destroy();
  }

  /** Status and reason. */
  async refusal(): Promise<[number, string | undefined]> {
    await until('an answer', () => this.answer.includes('\r\n\r\n') && /"reason":"[\w-]+"/.test(this.answer));
    return [Number(this.answer.slice(9, 12)), /"reason":"([\w-]+)"/.exec(this.answer)?.[1]];
  }
}

const begin = (t: TestContext, { method, path, type }: Pick<Taking, 'method' | 'path' | 'type'>, more: string[] = []) =>
  new Slow(t, [`${method} ${path} HTTP/1.1`, `Content-Type: ${type}`, `Content-Length: ${ROSTER_BYTES}`, ...more]);

test('HT14 whoever is not signed in is refused before one byte of a body has come, at every address', async (t) => {
  const closed = taking.filter((one) => !ofStrangers(one));
  assert.ok(closed.length > 40, `${closed.length}`);
  const refusals = await Promise.all(closed.map((one) => begin(t, one).refusal()));
  for (const [i, one] of closed.entries())
    assert.deepEqual(refusals[i], [401, 'unauthenticated'], `${one.method} ${one.path}`);
});

test('HT14 whoever may not do it anywhere is refused before one byte has come, where a body may be large', async (t) => {
  const tokens = new Map<Role, string>();
  tokens.set('seat', (await node.signIn(await issueLinkFor(node, 'seat', '00001'))).token);
  tokens.set('moderator', (await node.signIn(await issueLinkFor(node, 'moderator', '01'))).token);
  tokens.set('operator', (await node.signIn(await operatorOf(node, '01'))).token);
  const gated = taking.filter((one) => one['x-right']);
  assert.ok(gated.length >= 18, `${gated.length}`);
  for (const one of gated) {
    const acts = one['x-right'] ?? [];
    const [, token] = [...tokens].find(([role]) => acts.every((act) => rules[act][role] === undefined)) ?? [];
    assert.ok(token, `somebody may do ${acts}`);
    const refusal = await begin(t, one, [`Authorization: Bearer ${token}`]).refusal();
    assert.deepEqual(refusal, [403, 'forbidden'], `${one.method} ${one.path}`);
  }
});

test('HT14 no address takes more than 16 kB of somebody of whom no right is known, and each takes what it promises', () => {
  for (const one of taking) {
    const where = `${one.method} ${one.path}`;
    const gate = one['x-right'] || one.security.every((way) => 'bearer' in way && Object.keys(way).length === 1);
    if (isFile(one)) assert.ok(gate && !ofStrangers(one), `${where} takes a file`);
    if (one.type !== 'application/json' || where === 'POST /api/scopes/check') continue;
    const limit = one['x-right'] ? BODY_BYTES : UNGATED_BODY_BYTES;
    assert.ok(longestBody(one.schema) <= limit, `${where} promises ${longestBody(one.schema)} bytes`);
  }
});

test('HT14 what is longer, or packed for an address that unpacks nothing, is refused, and what came of it let go', async (t) => {
  const open = taking.filter(ofStrangers);
  assert.ok(open.length >= 4, `${open.length}`);
  for (const one of open) {
    const where = `${one.method} ${one.path}`;
    const long = begin(t, one);
    await long.send(Buffer.alloc(UNGATED_BODY_BYTES + 1, ' '));
    assert.deepEqual(await long.refusal(), [413, 'too-large'], where);
    const packed = begin(t, one, ['Content-Encoding: gzip']);
    await packed.send(gzipSync(Buffer.alloc(1_000)).subarray(0, 20));
    assert.deepEqual(await packed.refusal(), [415, 'unsupported'], where);
  }
  const latin = begin(t, { method: 'POST', path: '/api/session/link', type: 'application/json; charset=latin1' });
  assert.deepEqual(await latin.refusal(), [415, 'unsupported']);
  await until('nothing is held', async () => (await node.counted('dh_body_bytes', '')) === 0);
});

test('HT15 files of one account that are on their way have a budget, and what is cut off gives back its part', async (t) => {
  const { token } = await node.signIn(await operatorOf(node, 'vn'));
  const plan = { method: 'POST', path: '/api/roster/plans?file=a.csv&what=roster', type: 'text/csv' };
  const one = (): Slow => begin(t, plan, [`Authorization: Bearer ${token}`]);
  const part = Buffer.alloc(ROSTER_BYTES - 1, 'a,');
  const many = BODIES_IN_FLIGHT.files.owner / ROSTER_BYTES;
  const held = (): Promise<number> => node.counted('dh_body_bytes', 'kind="files"');
  const slow: Slow[] = [];
  for (let n = 1; n < many; n++) {
    const next = one();
    slow.push(next);
    await next.send(part);
    await until('it has come', async () => (await held()) >= n * part.length);
  }
  // What pieces cost beside their bytes is counted too, so the last has no room.
  const last = one();
  await last.send(part);
  assert.deepEqual(await last.refusal(), [429, 'rate-limited']);
  assert.match(last.answer, /retry-after: \d+/i);
  await until('of the last nothing is held', async () => (await held()) < many * part.length);
  for (const each of slow) each.hangUp();
  await until('nothing is held', async () => (await held()) === 0);
  const again = one();
  await again.send(Buffer.alloc(ROSTER_BYTES, 'a,'));
  await until('it is read', () => /^HTTP\/1.1 200/.test(again.answer));
});
