import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Closer } from '../../src/lib/Closer.ts';
import { happens } from './happens.ts';
import type { TestCertificate } from './testCertificate.ts';
import { until } from './until.ts';

const PROGRAM = process.env.HAPROXY ?? '/usr/sbin/haproxy';
const CONFIG = join(import.meta.dirname, '../../../deploy/haproxy.cfg');

/** @returns why there can be none here */
export const noHaProxy = (): string | undefined =>
  spawnSync(PROGRAM, ['-v']).error && "SKIPPED: needs Debian's package haproxy";

/** The real one, with what `deploy/haproxy.cfg` says but for the addresses. */
export class HaProxy {
  readonly #admin: string;
  readonly #closer: Closer;

  private constructor(admin: string, closer: Closer) {
    this.#admin = admin;
    this.#closer = closer;
  }

  /** Resolves when it listens. @param ports of loopback, by the `host:port` of the file in whose place they are */
  static async start(ports: Readonly<Record<string, number>>, certificate: TestCertificate): Promise<HaProxy> {
    const closer = new Closer(() => undefined);
    const folder = await mkdtemp(join(tmpdir(), 'dh-haproxy-'));
    closer.defer('folder', () => rm(folder, { recursive: true, force: true }));
    try {
      const pem = join(folder, 'site.pem');
      await writeFile(pem, (await readFile(certificate.cert, 'utf8')) + (await readFile(certificate.key, 'utf8')));
      const admin = join(folder, 'admin.sock');
      let config = await readFile(CONFIG, 'utf8');
      const addresses = Object.entries(ports).map(([named, port]) => [named, `127.0.0.1:${port}`] as const);
      const places = [['/etc/haproxy/site.pem', pem], ['/run/haproxy/admin.sock', admin], ...addresses] as const;
      for (const [named, here] of places) config = config.replaceAll(named, here);
      const file = join(folder, 'haproxy.cfg');
      await writeFile(file, config);
      const checked = spawnSync(PROGRAM, ['-c', '-f', file], { encoding: 'utf8' });
      if (checked.status !== 0) throw new Error(checked.stderr);
      const child = spawn(PROGRAM, ['-db', '-f', file], { stdio: 'ignore' });
      closer.defer('haproxy', () => end(child));
      for (const [, , port] of config.matchAll(/^ {2}bind ([\d.]+):(\d+)/gm))
        await until(`HAProxy listens at ${port}`, () => listens(Number(port)));
      return new HaProxy(admin, closer);
    } catch (error) {
      await closer.close();
      throw error;
    }
  }

  /** What it says of a server: `UP`, `NOLB` (nobody new), `DOWN`. */
  async status(backend: string, server: string): Promise<string | undefined> {
    const [head = '', ...lines] = (await this.#ask('show stat')).split('\n');
    const column = head.split(',').indexOf('status');
    return lines.map((line) => line.split(',')).find(([proxy, name]) => proxy === backend && name === server)?.[column];
  }

  /** Whether a server that is `UP` gets new connections, as an operator tells it; it keeps those that it has. */
  async admit(backend: string, server: string, may: boolean): Promise<void> {
    const said = await this.#ask(`set server ${backend}/${server} state ${may ? 'ready' : 'drain'}`);
    if (said) throw new Error(said);
  }

  close(): Promise<void> {
    return this.#closer.close();
  }

  async #ask(command: string): Promise<string> {
    return (await text(connect(this.#admin).end(`${command}\n`))).trim();
  }
}

async function listens(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    return await new Promise((resolve) => socket.on('connect', () => resolve(true)).on('error', () => resolve(false)));
  } finally {
    socket.destroy();
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = happens(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}
