import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const run = (command: string, ...args: string[]): string =>
  execFileSync(command, args, { encoding: 'utf8', stdio: 'pipe' });

/** For `nsenter`; `ip netns exec` mounts as well, which a root without a mount of its own does not allow. */
const networkOf = (name: string) => `--net=/run/netns/${name}`;

/** Why network namespaces can't be made here; undefined when they can. Tests skip with this text, so that nobody overlooks it. */
export function noNamespaces(): string | undefined {
  try {
    const name = `probe${process.pid}`;
    run('ip', 'netns', 'add', name);
    try {
      run('nsenter', networkOf(name), 'true');
    } finally {
      run('ip', 'netns', 'del', name);
    }
    return undefined;
  } catch {
    return 'SKIPPED: network namespaces need root, NET_ADMIN and iproute2';
  }
}

/** The same, or why there can be no rules in them. */
export function noNamespaceRules(): string | undefined {
  const why = noNamespaces();
  if (why !== undefined) return why;
  try {
    run('nft', '--version');
    return undefined;
  } catch {
    return 'SKIPPED: needs nftables';
  }
}

/**
 * Another computer, as far as the network goes: a namespace joined to this one by a cable of its own. Ours is `here`, a
 * second address of ours is `relay`, theirs is `there`. Only this cable is touched; the machine's own network never is.
 */
export class Namespace {
  readonly name: string;
  readonly here: string;
  readonly relay: string;
  readonly there: string;
  readonly #cable: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'ns-'));

  constructor() {
    const id = process.pid % 16_000;
    const net = `10.${64 + (id >> 8)}.${id & 255}`;
    this.name = `dh${id}`;
    this.#cable = `dh${id}a`;
    this.here = `${net}.1`;
    this.there = `${net}.2`;
    this.relay = `${net}.3`;
    run('ip', 'netns', 'add', this.name);
    try {
      run('ip', 'link', 'add', this.#cable, 'type', 'veth', 'peer', 'name', 'cable', 'netns', this.name);
      for (const address of [this.here, this.relay]) run('ip', 'addr', 'add', `${address}/24`, 'dev', this.#cable);
      run('ip', 'link', 'set', this.#cable, 'up');
      this.inside('ip', 'addr', 'add', `${this.there}/24`, 'dev', 'cable');
      this.inside('ip', 'link', 'set', 'cable', 'up');
      this.inside('ip', 'link', 'set', 'lo', 'up');
    } catch (error) {
      this.close();
      throw error;
    }
  }

  inside(command: string, ...args: string[]): string {
    return run('nsenter', networkOf(this.name), command, ...args);
  }

  /** A file that runs a program in there, for those who start it by path. */
  program(path: string): string {
    const file = join(this.#folder, 'run.sh');
    writeFileSync(file, `#!/bin/sh\nexec nsenter ${networkOf(this.name)} ${path} "$@"\n`);
    chmodSync(file, 0o755);
    return file;
  }

  /** Ends every process in there at once, as a loss of power would, but for the network. */
  killAll(): void {
    for (const pid of run('ip', 'netns', 'pids', this.name).split('\n').filter(Boolean))
      try {
        process.kill(Number(pid), 'SIGKILL');
      } catch {
        // it ended with another
      }
  }

  /** Lets only TCP to this port of ours out, and what belongs to it back in. */
  allowOnlyTcp(port: number): void {
    this.#nft(
      `chain out { type filter hook output priority 0; policy drop; oif lo accept; tcp dport ${port} accept; }
       chain in { type filter hook input priority 0; policy drop; iif lo accept; tcp sport ${port} ct state established accept; }`,
    );
  }

  /** A narrow line in both directions: `kbit` kbit/s with a buffer of `bufferMs`, and `lossPercent` of packets lost each way, TCP's too. */
  narrow({ kbit, lossPercent, bufferMs = 400 }: { kbit: number; lossPercent: number; bufferMs?: number }): void {
    const shape = ['root', 'tbf', 'rate', `${kbit}kbit`, 'burst', '3000', 'latency', `${bufferMs}ms`];
    run('tc', 'qdisc', 'replace', 'dev', this.#cable, ...shape);
    this.inside('tc', 'qdisc', 'replace', 'dev', 'cable', ...shape);
    const lose = `meta l4proto { tcp, udp } numgen random mod 1000 < ${Math.round(lossPercent * 10)} drop;`;
    this.#nft(
      `chain out { type filter hook output priority 0; policy accept; ${lose} }
       chain in { type filter hook input priority 0; policy accept; ${lose} }`,
    );
  }

  /** A good line again. */
  widen(): void {
    run('tc', 'qdisc', 'del', 'dev', this.#cable, 'root');
    this.inside('tc', 'qdisc', 'del', 'dev', 'cable', 'root');
    this.inside('nft', 'flush', 'ruleset');
  }

  close(): void {
    for (const undo of [
      ['link', 'del', this.#cable],
      ['netns', 'del', this.name],
    ])
      try {
        run('ip', ...undo);
      } catch {
        // was not there
      }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #nft(chains: string): void {
    const file = join(this.#folder, 'rules.nft');
    writeFileSync(file, `flush ruleset\ntable inet line {\n${chains}\n}\n`);
    this.inside('nft', '-f', file);
  }
}
