import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askAcme } from '../../src/edge/acme/askAcme.ts';
import { localCertificate } from '../../src/edge/sharedPort/index.ts';
import { freePort } from './freePort.ts';
import { happens } from './happens.ts';
import { until } from './until.ts';

const PROGRAM = process.env.PEBBLE ?? '/usr/bin/pebble';
const DNS = `${PROGRAM}-challtestsrv`;

/** Why the tests with an ACME server are skipped, if they are. */
export const noPebble = (): string | undefined =>
  [PROGRAM, DNS].some((program) => spawnSync(program, ['-version']).error)
    ? "SKIPPED: needs Debian's package pebble, an ACME server for tests"
    : undefined;

/** A real ACME server, of Let's Encrypt's makers, and the name server by which it finds every name on this machine. */
export class Pebble {
  /** Where it finds every name: on loopback, and not what settings take for this machine alone. */
  static readonly HOST = '127.0.0.2';
  readonly directory: string;
  /** PEM, of the authority of its own TLS. */
  readonly ca: string;
  /** At which it asks for the proof of a name. */
  readonly httpPort: number;
  readonly #folder: string;
  readonly #children: readonly ChildProcess[];

  private constructor(
    facts: Pick<Pebble, 'directory' | 'ca' | 'httpPort'>,
    folder: string,
    children: readonly ChildProcess[],
  ) {
    this.directory = facts.directory;
    this.ca = facts.ca;
    this.httpPort = facts.httpPort;
    this.#folder = folder;
    this.#children = children;
  }

  /** @param days how long its certificates are valid */
  static async create(days = 90): Promise<Pebble> {
    const folder = await mkdtemp(join(tmpdir(), 'dh-pebble-'));
    const own = await localCertificate(folder, { must: ['127.0.0.1'], all: ['127.0.0.1'] });
    const [port, manage, httpPort, tlsPort, dns, control] = await Promise.all([0, 1, 2, 3, 4, 5].map(() => freePort()));
    const pebble = {
      listenAddress: `127.0.0.1:${port}`,
      managementListenAddress: `127.0.0.1:${manage}`,
      certificate: own.cert,
      privateKey: own.key,
      httpPort,
      tlsPort,
      ocspResponderURL: '',
      externalAccountBindingRequired: false,
      certificateValidityPeriod: days * 86_400,
    };
    await writeFile(join(folder, 'pebble.json'), JSON.stringify({ pebble }));
    const none = ['-http01', '', '-https01', '', '-tlsalpn01', '', '-doh', ''];
    const names = spawn(
      DNS,
      [
        ...none,
        '-dns01',
        `127.0.0.1:${dns}`,
        '-management',
        `127.0.0.1:${control}`,
        '-defaultIPv4',
        Pebble.HOST,
        '-defaultIPv6',
        '',
      ],
      { stdio: 'ignore' },
    );
    const server = spawn(PROGRAM, ['-config', join(folder, 'pebble.json'), '-dnsserver', `127.0.0.1:${dns}`], {
      env: { ...process.env, PEBBLE_VA_NOSLEEP: '1', PEBBLE_WFE_NONCEREJECT: '20' },
      stdio: 'ignore',
    });
    const made = new Pebble(
      { directory: `https://127.0.0.1:${port}/dir`, ca: await readFile(own.ca, 'utf8'), httpPort: httpPort as number },
      folder,
      [names, server],
    );
    let last: unknown;
    const asked = () =>
      askAcme(made.directory, { ca: made.ca }).catch((error) => {
        last = error;
      });
    try {
      await until('the ACME server answers', asked);
    } catch (error) {
      await made.close();
      throw new Error(String(error), { cause: last });
    }
    return made;
  }

  async close(): Promise<void> {
    for (const child of this.#children) {
      const gone = happens(child, 'exit');
      if (child.exitCode === null && child.signalCode === null && child.kill('SIGKILL')) await gone;
    }
    await rm(this.#folder, { recursive: true, force: true });
  }
}
