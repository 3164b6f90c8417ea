/**
 * Asks sources by names of a hostile name server, and prints what came of each as JSON. It runs in a network of its own, in
 * which its name server is the only one, and every address leads to its own server.
 */

import { PullFailure } from '../../src/domain/figure/pull/ports.ts';
import { askSource, type ListedAddress } from '../../src/edge/pull/askSource.ts';
import { type NameRecord, NameServer } from './NameServer.ts';
import { SourceServer } from './SourceServer.ts';

/** Of the public internet; here an address of this machine. */
const PUBLIC = '8.8.4.4';
const PUBLIC_V6 = '2400:cb00::44';
const a = (value: string, owner?: string): NameRecord => ({ type: 'A', value, ...(owner && { owner }) });
const aaaa = (value: string): NameRecord => ({ type: 'AAAA', value });
const alias = (owner: string, value: string): NameRecord => ({ type: 'CNAME', owner, value });

/** What each name leads to; a function: when it is asked for the nth time. */
const names: Readonly<Record<string, readonly NameRecord[] | ((nth: number) => readonly NameRecord[] | 'silence')>> = {
  'public.test': [a(PUBLIC)],
  'six.test': [aaaa(PUBLIC_V6)],
  'rebound.test': (nth) => [a(nth === 1 ? PUBLIC : '127.0.0.1')],
  'both.test': [a(PUBLIC), a('10.9.9.9')],
  'last-of-many.test': [...Array.from({ length: 20 }, (_, i) => a(`8.8.5.${i + 1}`)), a('169.254.169.254')],
  'mapped.test': [aaaa('::ffff:7f00:1')],
  'mapped-beside.test': [a(PUBLIC), aaaa('::ffff:a09:909')],
  'loopback-six.test': [a(PUBLIC), aaaa('::1')],
  'translated.test': [aaaa('64:ff9b::7f00:1')],
  'unique-local.test': [aaaa('fd00::9')],
  'alias.test': [alias('alias.test', 'other.test'), alias('other.test', 'third.test'), a(PUBLIC, 'third.test')],
  'alias-inwards.test': [
    alias('alias-inwards.test', 'other.test'),
    alias('other.test', 'in.test'),
    a('127.0.0.1', 'in.test'),
  ],
  'circle.test': [alias('circle.test', 'round.test'), alias('round.test', 'circle.test')],
  'nothing.test': [],
  'silent.test': () => 'silence',
};
const WITHIN_MS = 10_000;
const SILENT_MS = 1_000;

const nameServer = await NameServer.open('127.0.0.1', 53);
const server = await SourceServer.open({ names: Object.keys(names), host: '::' });
server.says('indicator,unit,period,value\n');
const port = new URL(server.url).port;

async function came(name: string): Promise<string> {
  const listed: ListedAddress = {
    ...{
      source: 'gso',
      url: new URL(`https://${name}:${port}/figures.csv`),
      type: 'text/csv' as const,
      everyMs: 60_000,
    },
    ...{ asks: '', mode: 'partial' as const, networks: [], ca: server.certificate.ca },
  };
  const stop = new AbortController().signal;
  try {
    const answer = await askSource(
      listed,
      { etag: null, modified: null },
      stop,
      name === 'silent.test' ? SILENT_MS : WITHIN_MS,
    );
    if (answer.is === 'body') for await (const _ of answer.bytes);
    return answer.is;
  } catch (error) {
    if (error instanceof PullFailure) return error.fault;
    throw error;
  }
}

for (const [name, records] of Object.entries(names)) {
  nameServer.leads(name, typeof records === 'function' ? records : () => records);
  for (const asked of name === 'rebound.test' ? [name, name] : [name]) {
    server.reached.length = 0;
    nameServer.asked.length = 0;
    const outcome = await came(asked);
    const looks = nameServer.asked.filter((one) => one === `A ${name}`).length;
    console.log(JSON.stringify({ name, outcome, looks, reached: [...new Set(server.reached)] }));
  }
}
// The system may wait for the silent one for long.
process.exit(0);
