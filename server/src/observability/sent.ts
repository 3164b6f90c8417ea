import { readFile } from 'node:fs/promises';

/** What this machine, or its network namespace, has sent since it runs. */
export interface Sent {
  readonly packets: number;
  readonly bytes: number;
}

/**
 * PL2: the kernel counts anyway, so that nobody has to ask thousands of transports: UDP datagrams, and bytes of all IP.
 * Undefined where it does not say.
 */
export async function readSent(folder = '/proc/self/net'): Promise<Sent | undefined> {
  const read = (name: string) => readFile(`${folder}/${name}`, 'utf8').catch(() => '');
  const [snmp, netstat, snmp6] = await Promise.all(['snmp', 'netstat', 'snmp6'].map(read));
  const udp = rowOf(snmp ?? '', 'Udp').get('OutDatagrams');
  const octets = rowOf(netstat ?? '', 'IpExt').get('OutOctets');
  if (udp === undefined || octets === undefined) return undefined;
  const six = (name: string): number => Number(new RegExp(`^${name}\\s+(\\d+)`, 'm').exec(snmp6 ?? '')?.[1] ?? 0);
  return { packets: udp + six('Udp6OutDatagrams'), bytes: octets + six('Ip6OutOctets') };
}

/** Names and numbers stand in two lines that begin alike. */
function rowOf(text: string, name: string): ReadonlyMap<string, number> {
  const [names, values] = text.split('\n').filter((line) => line.startsWith(`${name}: `));
  const numbers = values?.split(' ') ?? [];
  return new Map((names?.split(' ') ?? []).map((column, i) => [column, Number(numbers[i])]));
}
