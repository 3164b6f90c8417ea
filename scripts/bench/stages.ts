/**
 * Measures stages of units: what each viewer is told, and how soon, when a tier breaks out and is back. Its options:
 * usage: npm run dh -- bench stages [--stages N] [--viewers N] [--joins N] [--rounds N] [--json]
 */
import { parseArgs } from 'node:util';
import { countryRows, ROOT } from '../../server/src/demo/country.ts';
import { ChannelClient } from '../../server/test/support/ChannelClient.ts';
import { openNational } from '../../server/test/support/nationalBriefing.ts';
import { issueLinksFor } from '../../server/test/support/people.ts';
import { ServerProcess } from '../../server/test/support/ServerProcess.ts';
import { until } from '../../server/test/support/until.ts';
import { percentile } from '../load/summary.ts';

const usage = `Measures stages of units: what each viewer is told, and how soon, when a tier breaks out and is back.

usage: npm run dh -- bench stages [--stages N] [--viewers N] [--joins N] [--rounds N] [--json]

  --stages   provinces that break out (default 63)
  --viewers  communes that watch, over these provinces (default 189)
  --joins    communes that join meanwhile (default 1000)
  --rounds   how often all break out and come back (default 3)
  --json     print the result as JSON

A whole server is started with the demo organisation; each province has its moderator on the order channel, so each
has somebody on its stage at once. Devices are on the order channel alone: media is measured by bench cut. Goals: told
within 2 s (median) and 5 s (p95); each viewer one floor a cut, and none while others join.`;

const { values } = parseArgs({
  options: {
    stages: { type: 'string', default: '63' },
    viewers: { type: 'string', default: '189' },
    joins: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

/** So many communes of each province, as a moderator of it lists them. */
async function communesOf(leader: ChannelClient, province: string, limit: number): Promise<string[]> {
  const { rows } = await leader.act('presence.list', { root: province, states: ['never'], limit });
  return rows.map((row) => row.unit);
}

async function measure(stages: number, viewers: number, joins: number, rounds: number) {
  const open: { close(): unknown }[] = [];
  const own = <T extends { close(): unknown }>(thing: T): T => {
    open.unshift(thing);
    return thing;
  };
  try {
    // Who joins one after another as fast as they can would be put off by the calendar of joins.
    const server = own(await ServerProcess.create({ JOINS_PER_SECOND: '10000' }));
    const planner = await server.signIn(server.secret('Prime'), 'bench');
    const briefing = await openNational(planner, new Date(Date.now() + 3_600_000));
    const enter = async (secret: string): Promise<ChannelClient> =>
      own(await ChannelClient.open(server, await server.signIn(secret, 'bench'), briefing));
    const pm = await enter(server.secret('Prime'));
    await pm.act('stage.goLive', {});
    const provinces = (await countryRows()).filter(({ parent }) => parent === ROOT).map(({ code }) => code);
    const chosen = provinces.slice(0, stages);
    const leaders = new Map<string, ChannelClient>();
    const secrets = await issueLinksFor(server, 'moderator', chosen);
    for (const [i, secret] of secrets.entries()) leaders.set(chosen[i] ?? '', await enter(secret));
    const each = Math.ceil((viewers + joins) / leaders.size);
    const units: string[][] = [];
    for (const [province, leader] of leaders) units.push(await communesOf(leader, province, each));
    const share = Math.ceil(viewers / leaders.size);
    const come = async (codes: string[]) => {
      const clients: ChannelClient[] = [];
      for (const secret of await issueLinksFor(server, 'seat', codes)) clients.push(await enter(secret));
      return clients;
    };
    const watching = await come(units.flatMap((codes) => codes.slice(0, share)));
    for (const client of watching) await client.sees('its first floor', () => true);

    const toldMs = { out: [] as number[], back: [] as number[] };
    const floors: number[] = [];
    const cut = async (kind: 'out' | 'back', act: () => Promise<unknown>) => {
      const before = watching.map((client) => client.all('floor').length);
      const at = watching.map(
        (client) =>
          new Promise<number>((resolve) => {
            const heard = ({ stage }: { stage?: unknown }) => {
              if ((stage !== undefined) !== (kind === 'out')) return;
              client.socket.off('floor', heard);
              resolve(performance.now());
            };
            client.socket.on('floor', heard);
          }),
      );
      const ordered = performance.now();
      await act();
      for (const moment of await Promise.all(at)) toldMs[kind].push(moment - ordered);
      // Whatever comes late would come now: the answer to an act that is asked for after it.
      await Promise.all(watching.map((client) => client.act('sync', {})));
      for (const [i, client] of watching.entries()) floors.push(client.all('floor').length - (before[i] ?? 0));
    };
    for (let round = 0; round < rounds; round++) {
      await cut('out', () => pm.act('stage.breakOut', { unit: 'vn' }));
      await cut('back', () => pm.act('stage.back', { unit: 'vn', seconds: 0 }));
    }
    await cut('out', () => pm.act('stage.breakOut', { unit: 'vn' }));
    // How many others there are, for their own return (CH11), is told to all as it doubles.
    const heardBy = (client: ChannelClient) => client.heard.filter(({ name }) => name !== 'comeback').length;
    const heard = watching.map(heardBy);
    const joined = await come(units.flatMap((codes) => codes.slice(share)));
    await until('who came last is shown its stage', () => joined.at(-1)?.all('floor').at(-1)?.stage !== undefined);
    const meanwhile = watching.map((client, i) => heardBy(client) - (heard[i] ?? 0));
    const of = (list: number[]) => ({
      p50: Math.round(percentile(list, 50)),
      p95: Math.round(percentile(list, 95)),
      max: Math.round(Math.max(...list)),
    });
    return {
      ...{ stages: leaders.size, viewers: watching.length, joins: joined.length, rounds },
      ...{ outMs: of(toldMs.out), backMs: of(toldMs.back) },
      floorsPerCut: Math.max(...floors),
      noticesWhileJoining: Math.max(...meanwhile),
    };
  } finally {
    for (const thing of open) await thing.close();
  }
}

if (values.help) {
  console.log(usage);
} else {
  const { stages: provinces, viewers: watching, joins: more, rounds: times } = values;
  const result = await measure(Number(provinces), Number(watching), Number(more), Number(times));
  if (values.json) console.log(JSON.stringify(result));
  else {
    const { stages, viewers, joins, rounds, outMs, backMs, floorsPerCut, noticesWhileJoining } = result;
    console.log(`${viewers} viewers over ${stages} stages, ${rounds} times out and back`);
    console.log(`broken out, told   p50 ${outMs.p50} ms  p95 ${outMs.p95} ms  longest ${outMs.max} ms`);
    console.log(`back, told         p50 ${backMs.p50} ms  p95 ${backMs.p95} ms  longest ${backMs.max} ms`);
    console.log(`floors a viewer was told in a cut, at most            ${floorsPerCut}`);
    console.log(`notices a viewer was told while ${joins} others joined   ${noticesWhileJoining}`);
  }
  const { outMs, backMs } = result;
  const isQuick = [outMs, backMs].every(({ p50, p95 }) => p50 < 2_000 && p95 < 5_000);
  process.exitCode = isQuick && result.noticesWhileJoining === 0 ? 0 : 1;
}
