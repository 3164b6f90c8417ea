import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { chmodSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { pipeline } from 'node:stream';
import { after, before, test } from 'node:test';
import { freePort, freePorts } from '../../support/freePort.ts';
import { happens } from '../../support/happens.ts';
import { inFolder, type RefusedStart, refusedStart, serverOf, supervise } from '../../support/npmStart.ts';
import { noSmallDisk, SmallDisk } from '../../support/SmallDisk.ts';
import { ExternalPostgres } from '../../support/shared/ExternalPostgres.ts';
import { until } from '../../support/until.ts';

let postgres: ExternalPostgres;
before(async () => {
  postgres = await ExternalPostgres.create();
});
after(() => postgres?.close());

const start = (settings: NodeJS.ProcessEnv) => inFolder((folder) => refusedStart({ DATA_DIR: folder, ...settings }));

/** The way to a server, which can be shut as if that server were stopped. */
class Door {
  readonly #port: number;
  readonly #far: { port: number; host: string };
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;

  constructor(port: number, far: { port: number; host: string }) {
    this.#port = port;
    this.#far = far;
  }

  async open(): Promise<void> {
    this.#server = createServer((near) => {
      const far = connect(this.#far);
      pipeline(near, far, near, () => undefined);
      for (const socket of [near, far]) this.#sockets.add(socket.on('close', () => this.#sockets.delete(socket)));
    }).listen(this.#port, '127.0.0.1');
    await happens(this.#server, 'listening');
  }

  async shut(): Promise<void> {
    if (!this.#server?.listening) return;
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await happens(this.#server, 'close');
  }
}

/** It ended at the first try, with this sentence and nothing else. */
function said({ status, errors, output }: RefusedStart, sentence: RegExp): void {
  assert.match(errors, sentence);
  assert.equal(errors.split('\n').length, 1, errors);
  assert.deepEqual(
    output.split('\n').filter((line) => /again|ready/.test(line)),
    [],
  );
  assert.equal(status, 1);
}
const me = `\\(process ${process.pid}\\)`;

test('SV6 a setting that cannot be used is named', async () => {
  const { status, errors, output } = await start({ PORT: 'many' });
  assert.match(errors, /^the environment is not usable:\n {2}PORT: [^\n]+$/);
  assert.doesNotMatch(output, /again/);
  assert.equal(status, 1);
});

test('SV6 a certificate that is not there, and a media worker that does not run', async () => {
  const withStores = { DATABASE_URL: '', REDIS_URL: '' };
  const worker = await start({ ...withStores, MEDIASOUP_WORKER_BIN: '/nowhere/worker' });
  said(worker, /^the media worker does not run \(spawn \/nowhere\/worker ENOENT\): .*MEDIASOUP_WORKER_BIN.*\.$/);
  const certificate = await start({ ...withStores, TLS_CERT: '/nowhere/cert', TLS_KEY: '/nowhere/key' });
  said(certificate, /^TLS_CERT: \/nowhere\/cert cannot be read \(ENOENT\): correct it\.$/);
});

test('SV6 a taken PORT or API_PORT is named with who has it', async () => {
  const port = await freePort();
  const holder = createServer().listen(port, '127.0.0.1');
  await happens(holder, 'listening');
  const refused = await start({ PORT: String(port) });
  const forPrograms = await start({ API_PORT: String(port) });
  holder.close();
  said(forPrograms, new RegExp(`^TCP port ${port} of .* is taken by .* ${me}: .*another API_PORT\\.$`));
  said(refused, new RegExp(`^TCP port ${port} of 127\\.0\\.0\\.1 is taken by \\S.* ${me}: .*another PORT\\.$`));
});

test('SV6 so is a media port, of the second worker, UDP and TCP alike', async () => {
  const first = await freePorts(2);
  const port = first + 1;
  const tcp = createServer().listen(port, '127.0.0.1');
  await happens(tcp, 'listening');
  const media = { MEDIA_PORT: String(first), MEDIA_WORKERS: '2' };
  const overTcp = await start(media);
  tcp.close();
  const udp = createSocket('udp4').bind(port, '127.0.0.1');
  await happens(udp, 'listening');
  const overUdp = await start(media);
  udp.close();
  said(overTcp, new RegExp(`^TCP port ${port} of 127\\.0\\.0\\.1 is taken by .* ${me}: .*another MEDIA_PORT\\.$`));
  said(overUdp, new RegExp(`^UDP port ${port} of 127\\.0\\.0\\.1 is taken by .* ${me}: .*another MEDIA_PORT\\.$`));
});

test('SV6 a database that is not there, does not let us in, or is not made', async () => {
  const at = new URL(postgres.databaseUrl);
  const wrong = (change: Partial<URL>) => start({ DATABASE_URL: Object.assign(new URL(at), change).href });
  said(await start({}), /^PostgreSQL at 127\.0\.0\.1:9 does not answer \(ECONNREFUSED\): .*DATABASE_URL\.$/);
  const guessed = await wrong({ password: 'guessed' });
  said(guessed, /^PostgreSQL at \S+ does not let operator in \(password .*\): .*DATABASE_URL .*\.$/);
  assert.doesNotMatch(guessed.errors, /guessed/);
  said(await wrong({ pathname: '/nothing' }), /^PostgreSQL at \S+ has no database nothing: .*DATABASE_URL\.$/);
});

test('SV10 a PostgreSQL that may lose what it has committed', async () => {
  const settings = { DATABASE_URL: postgres.databaseUrl, ALLOW_DATA_LOSS: '' };
  said(
    await start(settings),
    /^PostgreSQL at \S+ would lose answers that were acknowledged, since fsync is off: .*\.$/,
  );
});

test('SV6 SV10 what is for tests alone is refused in production', async () => {
  const refused = await start({ NODE_ENV: 'production' });
  said(refused, /^ALLOW_DATA_LOSS is for tests and not possible in production: unset it\.$/);
});

test('SV6 a Redis that is not there', async () => {
  const refused = await start({ DATABASE_URL: postgres.databaseUrl });
  said(refused, /^Redis at 127\.0\.0\.1:9 does not answer \(ECONNREFUSED\): .*REDIS_URL\.$/);
});

const number = (which: string[]) => Number(spawnSync('id', [...which, 'nobody'], { encoding: 'utf8' }).stdout);
const nobody = { uid: number(['-u']), gid: number(['-g']) };
function nobodyCannot(): string | false {
  if (process.getuid?.() !== 0) return 'SKIPPED: needs root';
  // A checkout in the home of root is closed to them.
  const { status } = spawnSync(process.execPath, ['--version'], nobody);
  return status !== 0 && 'SKIPPED: the checkout lies where others cannot read';
}

test('SV6 a folder of another user', { skip: nobodyCannot() }, () =>
  inFolder(async (folder) => {
    chmodSync(folder, 0o755);
    said(await refusedStart({ DATA_DIR: folder }, nobody), /cannot be written by nobody.*another DATA_DIR\.$/);
  }),
);
test('SV6 a full disk, before the stores are asked to write', { skip: noSmallDisk() ?? false }, async () => {
  const disk = SmallDisk.create(4);
  disk.fill();
  const refused = await refusedStart({ DATA_DIR: disk.folder, DATABASE_URL: '', REDIS_URL: '' });
  disk.close();
  said(refused, /^the disk of \S+ is full: make room there, then start again\.$/);
});

test('SV7 after one that has served, a database that is away is waited for', () =>
  inFolder(async (folder) => {
    const url = new URL(postgres.databaseUrl);
    const port = await freePort();
    const door = new Door(port, { port: Number(url.port), host: url.hostname });
    url.port = String(port);
    await door.open();
    const { supervisor, lines } = await supervise({ DATA_DIR: folder, DATABASE_URL: url.href, REDIS_URL: '' });
    const said = (text: string) => lines.filter((line) => line.includes(text)).length;
    try {
      await until('the server is ready', () => said('ready http') === 1 || supervisor.exitCode !== null, 60_000);
      await door.shut();
      process.kill(serverOf(supervisor), 'SIGKILL');
      await until('it is refused and tried again', () => said('trying again') > 0, 60_000);
      await door.open();
      await until('it is ready again', () => said('ready http') === 2 || supervisor.exitCode !== null, 60_000);
      assert.equal(supervisor.exitCode, null);
    } finally {
      const ended = happens(supervisor, 'exit', 60_000);
      if (supervisor.exitCode === null && supervisor.kill('SIGTERM')) await ended;
      await door.shut();
    }
    assert.equal(supervisor.exitCode, 0);
  }));

test('NJ1 NJ4 what the line of a node says is a setting, and refused as one', () =>
  inFolder(async (DATA_DIR) => {
    const none = { DATA_DIR, DATABASE_URL: '', REDIS_URL: '' };
    const join = await refusedStart(none, {}, ['--join', 'http://127.0.0.1:9']);
    assert.match(
      join.errors,
      /^the secret of the cluster is not here: .* the node at http:\/\/127\.0\.0\.1:9, .*CLUSTER_SECRET_FILE\.$/,
    );
    const share = await refusedStart(none, {}, ['--share', 'here']);
    assert.match(share.errors, /SHARE_STORES: must be an IP address of this machine\.$/);
    const nobody = await refusedStart(none, {}, ['--join']);
    assert.match(nobody.errors, /--join needs what follows it/);
  }));
