import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { happens } from '../../server/test/support/happens.ts';
import { root } from '../setup/place.mjs';
import { run } from '../setup/run.mjs';

const EVERY_MS = 1_000;

/**
 * Podman with the storage that buildah has here and settings of its own, so that nothing of the machine's is touched. It answers
 * Docker's API at a socket, and runs the checks of health itself, which Podman leaves to systemd. Each container has the list of system calls of
 * docker-compose.yml, the stores' too.
 */
export class Engine {
  readonly #folder: string;
  readonly #service: ChildProcess;
  readonly #env: NodeJS.ProcessEnv;
  readonly #checks: Promise<void>;
  #isClosing = false;

  private constructor(folder: string, env: NodeJS.ProcessEnv, service: ChildProcess) {
    this.#folder = folder;
    this.#env = env;
    this.#service = service;
    this.#checks = this.#checkHealth();
  }

  /** @param images buildah's folder */
  static async create(images: string): Promise<Engine> {
    const folder = mkdtempSync(join(tmpdir(), 'dh-engine-'));
    const storage = join(images, 'storage');
    const driver = readdirSync(storage).find((name) => name.endsWith('-images'));
    const lines = [`driver = "${driver?.slice(0, -'-images'.length)}"`, `graphroot = "${storage}"`];
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const runRoot = join(images, 'run');
    mkdirSync(runRoot, { recursive: true });
    const env = {
      ...process.env,
      CONTAINERS_STORAGE_CONF: file('storage.conf', ['[storage]', ...lines, `runroot = "${runRoot}"`, ''].join('\n')),
      CONTAINERS_CONF: file('containers.conf', `${SETTINGS}seccomp_profile = "${join(root, 'deploy/seccomp.json')}"\n`),
      PODMAN_IGNORE_CGROUPSV1_WARNING: '1',
      DOCKER_HOST: `unix://${join(folder, 'engine.sock')}`,
    };
    const service = spawn('podman', ['system', 'service', '--time=0', env.DOCKER_HOST], { env, stdio: 'ignore' });
    const engine = new Engine(folder, env, service);
    await engine.podman(['version']);
    return engine;
  }

  /** @returns what it wrote to standard output @throws SetupError with its words */
  podman(args: readonly string[]): Promise<string> {
    return run('podman', args, { name: `podman-${args[0]}`, env: this.#env });
  }

  /** Docker Compose in a folder that has docker-compose.yml and .env. */
  compose(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
    const name = `compose-${args.find((word) => /^[a-z]+$/.test(word) && word !== 'nodes')}`;
    return run('docker-compose', args, { name, cwd, env: { ...this.#env, ...env } });
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    await this.#checks;
    if (this.#service.exitCode === null && this.#service.signalCode === null) {
      const gone = happens(this.#service, 'exit', 30_000);
      this.#service.kill('SIGTERM');
      await gone;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #checkHealth(): Promise<void> {
    while (!this.#isClosing) {
      await sleep(EVERY_MS);
      const running = await run('podman', ['ps', '--quiet'], { name: 'podman-ps', env: this.#env }).catch(() => '');
      for (const container of running.split('\n').filter(Boolean))
        await run('podman', ['healthcheck', 'run', container], { name: 'podman-health', env: this.#env }).catch(
          () => undefined,
        );
    }
  }
}

const SETTINGS = `[network]
firewall_driver = "nftables"
[engine]
cgroup_manager = "cgroupfs"
events_logger = "file"
runtime = "crun"
[containers]
cgroups = "disabled"
`;
