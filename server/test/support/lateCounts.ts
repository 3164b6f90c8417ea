import { type AddressInfo, connect, createServer } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';

const COPY_DONE = Buffer.from([0x63, 0, 0, 0, 4]);

/** A relay before PostgreSQL: what follows the end of a copy comes in a later packet, as on a network. */
export async function lateCounts(databaseUrl: string): Promise<{ readonly databaseUrl: string; close(): void }> {
  const { host, port } = new pg.Client({ connectionString: databaseUrl });
  const relay = createServer((near) => {
    const far = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
    void pipeline(near, far).catch(() => undefined);
    void pipeline(far, cutAfterCopies, near.setNoDelay()).catch(() => undefined);
  });
  await new Promise<void>((done) => relay.listen(0, '127.0.0.1', done));
  const url = new URL(databaseUrl);
  url.searchParams.delete('host');
  url.host = `127.0.0.1:${(relay.address() as AddressInfo).port}`;
  return { databaseUrl: url.href, close: () => relay.close() };
}

async function* cutAfterCopies(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of bytes) {
    const place = chunk.indexOf(COPY_DONE);
    const end = place < 0 ? chunk.length : place + COPY_DONE.length;
    yield chunk.subarray(0, end);
    if (end === chunk.length) continue;
    await setTimeout(5);
    yield chunk.subarray(end);
  }
}
