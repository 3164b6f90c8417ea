import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { userName } from './userName.ts';

/** Who has a port. Of somebody else's process nothing but its user can be seen. */
export interface PortHolder {
  readonly uid: number;
  readonly pid?: number;
  readonly program?: string;
}

const CLOSING = '06'; // TIME_WAIT: nobody's any more, and no hindrance
const LISTENING = '0A';
const ANY = /^0+$/;
const INTERPRETERS = /^(node|bun|deno|python[\d.]*|perl|ruby|java)$/;

/** Who holds this port of this address now; undefined when nobody does. Reads /proc, so it tells of this network namespace alone. */
export function portHolder(protocol: 'tcp' | 'udp', ip: string, port: number): PortHolder | undefined {
  const sockets = [...rows(protocol), ...rows(`${protocol}6`)].filter(
    (socket) => socket.port === port && socket.state !== CLOSING && overlaps(socket.address, ip),
  );
  const socket = sockets.find(({ state }) => state === LISTENING) ?? sockets[0];
  if (!socket) return undefined;
  const pid = owner(socket.inode);
  return pid === undefined ? { uid: socket.uid } : { uid: socket.uid, pid, program: programOf(pid) };
}

/** `node server/src/main.ts (process 12)`. */
export function describeHolder({ uid, pid, program }: PortHolder): string {
  return pid === undefined ? `a process of ${userName(uid)}` : `${program} (process ${pid})`;
}

interface Row {
  readonly address: string;
  readonly port: number;
  readonly state: string;
  readonly uid: number;
  readonly inode: string;
}

/** The sockets of /proc/net/tcp and the like; see proc_net_tcp in the kernel's documentation. */
function rows(table: string): Row[] {
  let text: string;
  try {
    text = readFileSync(`/proc/net/${table}`, 'latin1');
  } catch {
    return []; // no IPv6
  }
  return text
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields.length > 9)
    .map(([, local = '', , state = '', , , , uid, , inode = '']) => {
      const [address = '', port = ''] = local.split(':');
      return { address, port: Number.parseInt(port, 16), state, uid: Number(uid), inode };
    });
}

/** IPv4 as the kernel prints it: the four bytes as one number of this machine, the lowest byte first. */
function overlaps(address: string, ip: string): boolean {
  if (ANY.test(address) || ip === '0.0.0.0' || ip.includes(':') || !/^[\d.]+$/.test(ip)) return true;
  const bytes = ip.split('.').map((byte) => Number(byte).toString(16).padStart(2, '0'));
  return address === bytes.reverse().join('').toUpperCase();
}

function owner(inode: string): number | undefined {
  const link = `socket:[${inode}]`;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .find((pid) => has(pid, link));
}

function has(pid: number, link: string): boolean {
  const folder = `/proc/${pid}/fd`;
  try {
    return readdirSync(folder).some((fd) => readLink(`${folder}/${fd}`) === link);
  } catch {
    return false; // gone, or not ours to see
  }
}

function readLink(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined; // closed meanwhile
  }
}

/** Its name, and of an interpreter the script; no other argument, which may be secret. */
function programOf(pid: number): string {
  try {
    const [program = '', ...args] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    const name = basename(program);
    const script = INTERPRETERS.test(name) ? args.find((arg) => /^[^-].*\.\w+$/.test(arg)) : undefined;
    return script ? `${name} ${script}` : name;
  } catch {
    return 'a program';
  }
}
