/**
 * Two nodes of one installation with the people of the demo, behind one name, for stories in a browser: they see no more
 * of a server than its pages. Prints a line of JSON when they are there, and one for each line that it is told.
 */

import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { attendancePageSchema, attendanceTimelineSchema } from '../../../src/protocol/attendance.ts';
import { placeHeader } from '../../../src/protocol/briefing.ts';
import { Snapshot } from '../../../src/store/postgres/base/Snapshot.ts';
import { verifyDatabase } from '../../../src/store/postgres/record/verifyDatabase.ts';
import { dh } from '../dh.ts';
import { gapIn } from '../gapIn.ts';
import { happens } from '../happens.ts';
import { issueLinkFor, issueLinksFor } from '../people.ts';
import { ServerProcess } from '../ServerProcess.ts';
import { databaseEnv } from '../serverOf.ts';
import { CLUSTER_SECRET, Program } from '../TestNode.ts';
import { until } from '../until.ts';
import { frontOf, type NodeName } from './fronts.ts';

const front = await frontOf(process.env.FRONT);
const env = {
  ...{ ALLOW_SECOND_NODE: '1', CLUSTER_SECRET, PUBLIC_URL: front.url },
  ...{ DRAIN_PER_SECOND: '5', PIPE_ADDRESS: '127.0.0.1' },
};
const one = await ServerProcess.create({ ...env, ...front.settings('one'), NODE_ID: 'one' });
const { databaseUrl, redisUrl } = one.stores;
const stores = { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl };
const two = await ServerProcess.create({ ...env, ...stores, ...front.settings('two'), NODE_ID: 'two' });
const nodes = { one, two };
// A node that has just started does not know the other at once, and nobody is sent to it before.
for (const { url } of [one, two]) await until(`${url} is ready`, async () => (await fetch(`${url}/readyz`)).ok, 30_000);
await front.serve(nodes);

const say = (what: unknown): void => console.log(JSON.stringify(what));
const isNode = (name: string): name is NodeName => name in nodes;
const named = (name = ''): NodeName => (isNode(name) ? name : 'one');
const at = (name?: string): ServerProcess => nodes[named(name)];

/** @returns what is said when it is done */
async function obey([act, ...rest]: string[]): Promise<unknown> {
  switch (act) {
    case 'prefer':
      await front.prefer(named(rest[0]));
      return true;
    case 'preferNone':
      await front.preferNone();
      return true;
    case 'kill':
      await at(rest[0]).kill();
      return true;
    case 'end':
      await end(at(rest[0]));
      return true;
    case 'start':
      await at(rest[0]).start();
      return true;
    case 'pause':
      at(rest[0]).pause();
      return true;
    case 'resume':
      at(rest[0]).resume();
      return true;
    case 'came':
      return whoCame();
    case 'problems':
      return problems();
    case 'crowd':
      return crowd(Number(rest[0]));
    case 'crowdBack':
      return crowdBack(at(rest[0]));
    case 'operator': {
      const args = ['create', '--role', 'operator', '--unit', 'vn', '--name', rest.join(' ')];
      const { status, out, err } = await dh('account/main', args, {
        ...databaseEnv(databaseUrl),
        PUBLIC_URL: front.url,
      });
      return status === 0 ? (out.trim().split(' ').at(-1) ?? '') : { failed: err };
    }
    default:
      return { failed: `nobody knows what ${act} is` };
  }
}

/** As an operator ends it: it drains first. Resolves when it is over. */
async function end({ child }: ServerProcess): Promise<void> {
  const ended = happens(child, 'exit', 90_000);
  child.kill('SIGTERM');
  await ended;
}

/** So many units of the province whose turn is first ask to be let in. @returns a link of the next one */
async function crowd(count: number): Promise<string> {
  const pm = await one.signIn(await issueLinkFor(one, 'principal', 'vn'), 'crowd');
  const { units } = (await pm.get('/api/roster?root=70')).body;
  const lowest = units.filter(([, path]: string[]) => !units.some(([, of]: string[]) => of?.startsWith(`${path}.`)));
  const codes = lowest.slice(0, count + 1).map(([code]: string[]) => code);
  const [own = '', ...secrets] = await issueLinksFor(one, 'seat', codes);
  const people = await Promise.all(secrets.map((secret, i) => one.signIn(secret, `crowd-${i}`)));
  const { briefings } = (await pm.get('/api/briefings')).body;
  const path = `/api/briefings/${briefings[0].id}/join`;
  for (const person of people) come.push({ person, path, place: await joining(person, path) });
  return `${front.url}/#l=${own}`;
}

/** With the place that each was given. */
const come: { readonly person: Program; readonly path: string; readonly place: string }[] = [];

async function joining(person: Program, path: string, kept?: string, tries = 10): Promise<string> {
  const { status, body } = await person.post(path, {}, kept === undefined ? {} : { [placeHeader]: kept });
  const place = body.place ?? body.error?.place?.kept;
  if (place !== undefined) return place;
  // As pages do, where a node is too busy to know.
  if (status !== 503 || tries === 0) throw new Error(`neither in nor in turn: ${status} ${JSON.stringify(body)}`);
  await wait(500);
  return joining(person, path, kept, tries - 1);
}

/** Those of the crowd, whose time has come, go in at that node, and then come back to it all at once. */
async function crowdBack({ url }: ServerProcess): Promise<boolean> {
  const there = await Promise.all(
    come.map(async ({ person, path, place }) => {
      const own = Object.assign(new Program(url), { token: person.token });
      const used = await joining(own, path, place);
      return () => joining(own, path, used);
    }),
  );
  await Promise.all(there.map((back) => back()));
  return true;
}

/** @returns of each unit of Thành phố Hồ Chí Minh that came: its name, how it counts, and since when it was away, if ever */
async function whoCame(): Promise<readonly string[]> {
  const moderator = await one.signIn(await issueLinkFor(one, 'moderator', '79'));
  const { body } = await moderator.get('/api/briefings');
  const path = `/api/briefings/${body.briefings[0].id}/attendance`;
  const { rows } = attendancePageSchema.parse((await moderator.get(`${path}?limit=500`)).body);
  const came = rows.filter(({ firstIn }) => firstIn !== null);
  return Promise.all(
    came.map(async ({ unit, name, measured }) => {
      const { intervals } = attendanceTimelineSchema.parse((await moderator.get(`${path}/${unit}`)).body);
      return `${name}: ${measured}, ${gapIn(intervals) ?? 'always there'}`;
    }),
  );
}

/** @returns what `audit verify` finds */
async function problems(): Promise<readonly string[]> {
  const snapshot = await Snapshot.create(databaseUrl);
  try {
    return (await verifyDatabase(snapshot)).problems.map(({ text }) => text);
  } finally {
    await snapshot.close();
  }
}

say({ url: front.url, links: one.links });
for await (const line of createInterface({ input: process.stdin })) say(await obey(line.split(' ')));
await two.close();
await one.close();
await front.close();
