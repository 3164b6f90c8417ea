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

  /** Nothing goes to this address any more, without a word. */
  cutOff(address: string): void {
    this.inside('ip', 'route', 'add', 'blackhole', `${address}/32`);
  }

  /** Nothing goes to this TCP port of that address any more, without a word. @returns what mends it */
  cutPort(address: string, port: number): () => void {
    const rule = ['to', address, 'ipproto', 'tcp', 'dport', String(port), 'blackhole'];
    this.inside('ip', 'rule', 'add', ...rule);
    return () => void this.inside('ip', 'rule', 'del', ...rule);
  }

  mend(address: string): void {
    this.inside('ip', 'route', 'del', 'blackhole', `${address}/32`);
  }
}

/** The path between two computers alone, both ways. */
export function cutPath(one: Computer, two: Computer): void {
  one.cutOff(two.address);
  two.cutOff(one.address);
}

let made = 0;

/**
 * Computers at one switch, as far as the network goes: namespaces, and this one beside them at `address`. Only what is made
 * here is touched; the machine's own network never is.
 */
export class Switch {
  readonly address: string;
  /** One more address of ours, for what is meant to be on another computer. */
  readonly storesAddress: string;
  readonly computers: readonly Computer[];
  /** Namespaces and cables, with what takes each away. */
  readonly #made: string[][] = [];

  constructor(count: number) {
    // Names of devices have 15 letters, and those of this process are its own.
    const id = process.pid % 16_000;
    const net = `10.${128 + (id >> 8)}.${id & 255}`;
    const bridge = `dhs${id}x${made++}`;
    this.address = `${net}.1`;
    this.storesAddress = `${net}.2`;
    try {
      run('ip', 'link', 'add', bridge, 'type', 'bridge');
      this.#made.push(['link', 'del', bridge]);
      for (const own of [this.address, this.storesAddress]) run('ip', 'addr', 'add', `${own}/24`, 'dev', bridge);
      run('ip', 'link', 'set', bridge, 'up');
      this.computers = Array.from({ length: count }, (_, nr) => {
        const [address, name, port] = [`${net}.${11 + nr}`, `${bridge}n${nr}`, `${bridge}p${nr}`];
        run('ip', 'netns', 'add', name);
        this.#made.push(['netns', 'del', name]);
        run('ip', 'link', 'add', port, 'type', 'veth', 'peer', 'name', 'cable', 'netns', name);
        this.#made.push(['link', 'del', port]);
        run('ip', 'link', 'set', port, 'master', bridge, 'up');
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
    for (const undo of this.#made.splice(0).reverse())
      try {
        run('ip', ...undo);
      } catch {
        // was not there
      }
  }
}
