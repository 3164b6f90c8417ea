import { execFileSync } from 'node:child_process';

const run = (command: string, ...args: string[]): string =>
  execFileSync(command, args, { encoding: 'utf8', stdio: 'pipe' });

/** One of the computers at a switch: a namespace with an address of its own. */
export class Computer {
  readonly address: string;
  readonly #name: string;
  readonly #port: string;

  /** @param port of the switch, into which its cable goes */
  constructor(name: string, address: string, port: string) {
    this.#name = name;
    this.address = address;
    this.#port = port;
  }

  /** What a program is started by that is to run there. */
  get launcher(): readonly string[] {
    // `ip netns exec` mounts as well, which a root without a mount of its own does not allow.
    return ['nsenter', `--net=/run/netns/${this.#name}`];
  }

  inside(...command: string[]): string {
    const [program = '', ...args] = [...this.launcher, ...command];
    return run(program, ...args);
  }

  /** Nothing comes or goes any more, and nobody is told. */
  unplug(): void {
    run('ip', 'link', 'set', this.#port, 'down');
  }

  plug(): void {
    run('ip', 'link', 'set', this.#port, 'up');
  }

  /** The path between these two alone. */
  cutFrom(other: Computer): void {
    for (const [one, two] of both(this, other)) one.inside('ip', 'route', 'add', 'blackhole', `${two.address}/32`);
  }

  mendTo(other: Computer): void {
    for (const [one, two] of both(this, other)) one.inside('ip', 'route', 'del', 'blackhole', `${two.address}/32`);
  }
}

const both = (one: Computer, two: Computer) =>
  [
    [one, two],
    [two, one],
  ] as const;

/**
 * Computers at one switch, as far as the network goes: namespaces, and this one beside them at `address`. Only what is made
 * here is touched; the machine's own network never is.
 */
export class Switch {
  readonly address: string;
  /** One more address of ours, for what is meant to be on another computer. */
  readonly storesAddress: string;
  readonly computers: readonly Computer[];
  readonly #names: readonly string[];
  readonly #bridge: string;

  constructor(count: number) {
    const id = process.pid % 16_000;
    const net = `10.${128 + (id >> 8)}.${id & 255}`;
    this.#bridge = `dhs${id}`;
    this.address = `${net}.1`;
    this.storesAddress = `${net}.2`;
    const all = Array.from({ length: count }, (_, i) => ({ name: `dhs${id}n${i}`, nr: i }));
    this.#names = all.map(({ name }) => name);
    try {
      run('ip', 'link', 'add', this.#bridge, 'type', 'bridge');
      for (const own of [this.address, this.storesAddress]) run('ip', 'addr', 'add', `${own}/24`, 'dev', this.#bridge);
      run('ip', 'link', 'set', this.#bridge, 'up');
      this.computers = all.map(({ name, nr }) => {
        const [address, port] = [`${net}.${11 + nr}`, `${this.#bridge}p${nr}`];
        run('ip', 'netns', 'add', name);
        run('ip', 'link', 'add', port, 'type', 'veth', 'peer', 'name', 'cable', 'netns', name);
        run('ip', 'link', 'set', port, 'master', this.#bridge, 'up');
        const computer = new Computer(name, address, port);
        computer.inside('ip', 'addr', 'add', `${address}/24`, 'dev', 'cable');
        for (const device of ['cable', 'lo']) computer.inside('ip', 'link', 'set', device, 'up');
        return computer;
      });
    } catch (error) {
      this.close();
      throw error;
    }
  }

  close(): void {
    for (const undo of [...this.#names.map((name) => ['netns', 'del', name]), ['link', 'del', this.#bridge]])
      try {
        run('ip', ...undo);
      } catch {
        // was not there
      }
  }
}
