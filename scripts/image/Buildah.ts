import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../setup/place.mjs';
import { run } from '../setup/run.mjs';

interface Command {
  readonly name: string;
  readonly tell?: (detail: string) => void;
  readonly onLine?: (line: string) => boolean;
}

const LIMITS = [
  { name: 'nofile', line: /^Max open files +(\w+) +(\w+)/m },
  { name: 'nproc', line: /^Max processes +(\w+) +(\w+)/m },
];
const numeric = (limit: string) => (limit === 'unlimited' ? '-1' : limit);

/** Debian's buildah with a storage of its own, so that nothing of the machine's is touched, and without a daemon. */
export class Buildah {
  /** This process' own limits: buildah asks for higher ones, which not every machine grants even root. */
  readonly limits: readonly string[];
  readonly #folder: string;
  readonly #containers = new Set<string>();

  private constructor(folder: string, limits: readonly string[]) {
    this.limits = limits;
    this.#folder = folder;
  }

  static async create(folder: string): Promise<Buildah> {
    const limits = readFileSync('/proc/self/limits', 'utf8');
    const options = LIMITS.flatMap(({ line, name }) => {
      const [, soft, hard] = line.exec(limits) ?? [];
      return soft && hard ? ['--ulimit', `${name}=${numeric(soft)}:${numeric(hard)}`] : [];
    });
    const buildah = new Buildah(makeFolder(folder), options);
    await buildah.run(['--version'], { name: 'buildah-version' });
    return buildah;
  }

  /** A command line for this storage. */
  command(args: readonly string[]): string[] {
    return ['buildah', '--root', join(this.#folder, 'storage'), '--runroot', join(this.#folder, 'run'), ...args];
  }

  /** @returns what it wrote to standard output @throws SetupError with its words */
  run(args: readonly string[], command: Command): Promise<string> {
    const [program = '', ...rest] = this.command(args);
    return run(program, rest, command);
  }

  /** Builds a Containerfile of `context`, with this machine's network. */
  async build(
    options: readonly string[],
    context: string,
    command: { file?: string; tell?: (detail: string) => void; onLine?: (line: string) => boolean } = {},
  ): Promise<void> {
    const { file, ...told } = command;
    const how = ['--isolation', 'chroot', '--network', 'host', '--format', 'docker', ...this.limits];
    const named = file === undefined ? [] : ['--file', join(context, file)];
    await this.run(['build', ...how, ...named, ...options, context], { name: 'image-build', ...told });
  }

  /** Makes a working container, which `close()` takes away. */
  async from(image: string, options: readonly string[] = []): Promise<string> {
    const container = (await this.run(['from', ...this.limits, ...options, image], { name: 'buildah-from' })).trim();
    this.#containers.add(container);
    return container;
  }

  async has(image: string): Promise<boolean> {
    return (await this.run(['images', '--quiet', '--filter', `reference=${image}`], { name: 'buildah-images' })) !== '';
  }

  /** Runs a command in a container, with this process' standard output and these variables beside the image's own. */
  start(container: string, command: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
    const names = Object.keys(env).flatMap((name) => ['--env', name]);
    const args = ['run', '--isolation', 'chroot', '--network', 'host', ...names, container, '--', ...command];
    const [program = '', ...rest] = this.command(args);
    return spawn(program, rest, { env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit'] });
  }

  /** @returns the exit status of a command in a container */
  async status(container: string, command: readonly string[], env: Readonly<Record<string, string>> = {}) {
    const [status] = await once(this.start(container, command, env), 'exit');
    return status as number | null;
  }

  async close(): Promise<void> {
    for (const container of this.#containers)
      await this.run(['rm', container], { name: 'buildah-rm' }).catch(() => undefined);
    this.#containers.clear();
  }

  /** Also takes the images away. */
  async forget(): Promise<void> {
    await this.close();
    await this.run(['rmi', '--all', '--force'], { name: 'buildah-rmi' }).catch(() => undefined);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
