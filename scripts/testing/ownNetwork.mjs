import { spawnSync } from 'node:child_process';

/** Where a server listens for media in such a network; the only address there that is not loopback. */
export const ADDRESS = '10.64.0.1';

/**
 * A pair of devices, since a single one of another kind is not in every kernel. Whoever is asked for no device offers the
 * address of the default route alone.
 */
const SET_UP = `ip link set lo up && ip link add media type veth peer name other && ip addr add ${ADDRESS}/32 dev media &&
  ip link set media up && ip link set other up && ip route add default dev media && exec "$@"`;

/** As whoever they are: an ordinary user gets a user namespace around it, and stays the same user. */
const NAMESPACE = process.getuid() === 0 ? ['--net'] : ['--user', '--map-current-user', '--keep-caps', '--net'];

/**
 * A command that runs in a network of its own: loopback, and one address beside it, for what offers no loopback as a
 * candidate. Nothing in it reaches anything outside.
 * @returns {[string, string[]] | undefined} undefined where the machine permits none, or lacks `ip` or `unshare`
 */
export function inOwnNetwork(program, args) {
  const command = (inside) => [...NAMESPACE, 'sh', '-c', SET_UP, 'sh', ...inside];
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` };
  if (spawnSync('unshare', command(['true']), { env, stdio: 'ignore' }).status !== 0) return undefined;
  return ['unshare', command([program, ...args])];
}
