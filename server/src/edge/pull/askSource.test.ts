import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { SourceServer } from '../../../test/support/SourceServer.ts';
import { readBatch } from '../../domain/figure/formats/readBatch.ts';
import { PullFailure } from '../../domain/figure/pull/ports.ts';
import { DomainError } from '../../protocol/errors.ts';
import { BATCH_BYTES } from '../../protocol/limits.ts';
import { askSource, type ListedAddress } from './askSource.ts';

const csv = 'indicator,unit,period,value\nbeds-free,00001,2026-11-24,12\n';
const nothing = { etag: null, modified: null };
const goesOn = new AbortController().signal;
let server: SourceServer;
let folder: string;
before(async () => {
  server = await SourceServer.open();
  folder = await mkdtemp(join(tmpdir(), 'dh-ask-'));
});
after(async () => {
  await server?.close();
  if (folder) await rm(folder, { recursive: true });
});

const listed = (more: Partial<ListedAddress> = {}): ListedAddress => ({
  ...{ source: 'gso', url: new URL(server.url), type: 'text/csv', everyMs: 60_000, asks: '', mode: 'partial' },
  ...{ networks: ['127.0.0.1'], ca: server.certificate.ca, ...more },
});

/** Asks and reads what comes, as whoever takes it does. @returns how many rows, or why there are none */
async function came(more?: Partial<ListedAddress>, withinMs?: number): Promise<number | string> {
  try {
    const answer = await askSource(listed(more), nothing, goesOn, withinMs);
    return answer.is === 'body' ? (await readBatch(answer.bytes, 'text/csv', answer.packed)).rows.length : answer.is;
  } catch (error) {
    if (error instanceof PullFailure) return error.fault;
    if (!(error instanceof DomainError)) throw error;
    return error.cause instanceof PullFailure ? error.cause.fault : error.reason;
  }
}
const answers = (status: number, headers: Record<string, string> = {}): void => {
  server.answer = (_, response) => void response.writeHead(status, headers).end('no');
};
const streams = (write: (response: ServerResponse) => void, headers: Record<string, string> = {}): void => {
  server.answer = (_, response) => {
    response.writeHead(200, { 'content-type': 'text/csv', ...headers });
    write(response);
  };
};

test('FG40 a source is asked with the credential of a file and by what it said of its last answer, packed or not', async () => {
  const file = join(folder, 'gso.credential');
  await writeFile(file, 'Bearer abc\n', { mode: 0o600 });
  const credential = { file, header: 'authorization' };
  server.says(csv, { etag: '"7"', 'last-modified': 'Tue, 24 Nov 2026 01:00:00 GMT' });
  const answer = await askSource(listed({ credential }), nothing, goesOn);
  assert.equal(answer.is, 'body');
  if (answer.is !== 'body') return;
  assert.equal((await readBatch(answer.bytes, 'text/csv', answer.packed)).rows.length, 1);
  assert.deepEqual([answer.etag, answer.modified], ['"7"', 'Tue, 24 Nov 2026 01:00:00 GMT']);
  assert.equal(server.asked.at(-1)?.headers.authorization, 'Bearer abc');
  answers(304);
  assert.deepEqual(await askSource(listed(), answer, goesOn), { is: 'not-modified' });
  const { 'if-none-match': etag, 'if-modified-since': modified } = server.asked.at(-1)?.headers ?? {};
  assert.deepEqual([etag, modified], ['"7"', 'Tue, 24 Nov 2026 01:00:00 GMT']);
  streams((response) => response.end(gzipSync(csv)), { 'content-encoding': 'gzip', etag: 'made up' });
  assert.equal(await came(), 1);
  const packed = await askSource(listed(), nothing, goesOn);
  assert.equal(packed.is === 'body' && packed.etag, null, 'what is no tag is not sent back');
});

test('FG63 a redirect is not followed, and each refusal has its own word', async () => {
  server.asked.length = 0;
  for (const [status, fault] of [
    ...([301, 302, 303, 307, 308] as const).map((status) => [status, 'redirect'] as const),
    ...([401, 403] as const).map((status) => [status, 'denied'] as const),
    ...([404, 410] as const).map((status) => [status, 'gone'] as const),
    ...([204, 206, 304, 400, 429, 500, 503] as const).map((status) => [status, 'status'] as const),
  ]) {
    answers(status, { location: `${server.url}?elsewhere`, 'content-type': 'text/csv' });
    assert.equal(await came(), fault, String(status));
  }
  assert.equal(server.asked.length, 16);
  assert.ok(server.asked.every(({ url }) => url === '/figures.csv'));
  answers(503, { 'retry-after': '90' });
  await assert.rejects(askSource(listed(), nothing, goesOn), { status: 503, retryAfterMs: 90_000 });
});

test('FG63 what is not of the listed type, or does not say where it ends, is not read', async () => {
  for (const type of ['text/html', 'application/json', 'text/csv; charset=utf-16', '']) {
    server.says(csv, { 'content-type': type });
    assert.equal(await came(), 'type', type);
  }
  server.says(csv, { 'content-encoding': 'br' });
  assert.equal(await came(), 'type');
  server.says(csv, { 'content-type': 'Text/CSV; Charset="UTF-8"' });
  assert.equal(await came(), 1);
  server.answer = ({ socket }) => socket.end(`HTTP/1.1 200 OK\r\ncontent-type: text/csv\r\n\r\n${csv}`);
  assert.equal(await came(), 'malformed', 'it ends with its connection');
  server.answer = ({ socket }) => socket.end('not HTTP at all\r\n\r\n');
  assert.equal(await came(), 'malformed');
  server.answer = ({ socket }) => socket.end(`HTTP/1.1 200 OK\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`);
  assert.equal(await came(), 'malformed', 'its head is too long');
});

test('FG63 FG151 an answer that is too large, endless, slow or cut off is let go of, and its connection with it', async () => {
  streams((response) => response.end('x'), { 'content-length': String(BATCH_BYTES + 1) });
  assert.equal(await came(), 'too-large', 'as it says itself');
  const closed: Promise<unknown>[] = [];
  const endless = (response: ServerResponse, piece: Buffer | string): void => {
    closed.push(new Promise((done) => response.once('close', done)));
    const more = (): void => {
      while (!response.destroyed && response.write(piece));
    };
    response.on('drain', more);
    more();
  };
  streams((response) => endless(response, csv + csv.slice(csv.indexOf('\n') + 1).repeat(2_000)));
  assert.equal(await came(), 'too-large');
  const bomb = gzipSync(csv + '\n'.repeat(70 * 1024 * 1024));
  assert.ok(bomb.length < BATCH_BYTES / 50, 'it is small as it comes');
  streams((response) => response.end(bomb), { 'content-encoding': 'gzip' });
  assert.equal(await came(), 'too-large', 'a bomb');
  streams((response) => {
    closed.push(new Promise((done) => response.once('close', done)));
    response.write(csv);
  });
  assert.equal(await came({}, 300), 'slow', 'nothing comes any more');
  streams((response) => response.write(csv, () => response.destroy()), { 'content-length': '9000' });
  assert.equal(await came(), 'cut-off', 'FG151 its connection ended before its length');
  streams((response) => response.write(csv, () => response.destroy()));
  assert.equal(await came(), 'cut-off', 'FG151 its last chunk did not come');
  streams((response) => response.end(gzipSync(csv).subarray(0, 30)), { 'content-encoding': 'gzip' });
  assert.equal(await came(), 'bad-request', 'half a gzip');
  server.answer = ({ socket }) => {
    closed.push(new Promise((done) => socket.once('close', done)));
  };
  assert.equal(await came({}, 300), 'slow', 'nothing is answered');
  await Promise.all(closed);
});

test('FG63 no connection is made to an address that is neither public nor named, whatever leads to it', async () => {
  server.says(csv);
  server.asked.length = 0;
  const port = new URL(server.url).port;
  for (const host of ['127.0.0.1', 'localhost', '0x7f.1', '2130706433', '[::ffff:127.0.0.1]', '[::1]', '0.0.0.0'])
    assert.equal(await came({ networks: [], url: new URL(`https://${host}:${port}/`) }), 'address', host);
  assert.equal(await came({ networks: ['10.0.0.0/8'] }), 'address');
  assert.equal(server.asked.length, 0);
});

test('FG63 nobody is believed whose certificate is not vouched for', async () => {
  server.says(csv);
  server.asked.length = 0;
  assert.equal(await came({ ca: undefined }), 'certificate');
  assert.equal(server.asked.length, 0, 'no credential was sent');
  assert.equal(await came({ ca: join(folder, 'nowhere.pem') }), 'credential');
});

test('FG40 a credential that cannot be read, or is no line of a header, is not sent', async () => {
  const file = join(folder, 'wrong');
  const credential = { file, header: 'x-key' };
  assert.equal(await came({ credential }), 'credential');
  for (const text of ['', '\n', 'a\r\nx-other: b', 'khoá', 'a'.repeat(9_000)]) {
    await writeFile(file, text);
    assert.equal(await came({ credential }), 'credential', text.slice(0, 20));
  }
});

test('FG40 whoever is stopped lets go at once, also in the middle of an answer', async () => {
  const stop = new AbortController();
  streams((response) => response.write(csv));
  const answer = await askSource(listed(), nothing, stop.signal);
  assert.equal(answer.is, 'body');
  const read = answer.is === 'body' ? readBatch(answer.bytes, 'text/csv', false) : undefined;
  stop.abort();
  await assert.rejects(read ?? Promise.resolve());
});
