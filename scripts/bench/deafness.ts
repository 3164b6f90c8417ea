import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { inOwnNetwork } from '../testing/ownNetwork.mjs';

/** An address of loopback to which all is sent, and at which no sound or picture arrives once it is deaf. */
export const DEAF_ADDRESS = '127.0.0.2';

/** RTP and no RTCP (RFC 5761): connections, their consent and reports go on. */
const RULES = `table ip deafness {
  chain in {
    type filter hook input priority 0; policy accept;
    ip daddr ${DEAF_ADDRESS} meta l4proto udp @th,64,8 & 0xc0 == 0x80 @th,72,8 != 192-223 drop
  }
}`;
const INSIDE = 'BENCH_OWN_NETWORK';
const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin`, [INSIDE]: '1' };

/** Whether this process is in a network of its own, whose rules are nobody else's. */
export const isInside = (): boolean => process.env[INSIDE] !== undefined;

/** Runs this command once more, in a network of its own. @returns its status; undefined: the machine permits none with rules */
export async function againInside(): Promise<number | undefined> {
  const probe = inOwnNetwork('nft', ['list', 'ruleset']);
  const command = inOwnNetwork(process.execPath, process.argv.slice(1));
  if (!probe || !command || spawnSync(...probe, { env, stdio: 'ignore' }).status !== 0) return undefined;
  const child = spawn(...command, { env, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  const [status] = await once(child, 'exit');
  return status ?? 1;
}

/** From now on the kernel throws away what of media comes to that address, before any process wakes for it. */
export function deafen(): void {
  execFileSync('nft', ['-f', '-'], { input: RULES, env });
}
