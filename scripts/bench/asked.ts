/**
 * Asks a number of a whole country, and says how long each takes from its receipt to the map of a leader. Its options:
 * usage: npm run dh -- bench asked [--units N] [--seconds N] [--rounds N] [--processes P] [--json]
 */
import { randomUUID } from 'node:crypto';
import { loadavg } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Browser } from '../../server/test/support/Browser.ts';
import { issueLinkFor } from '../../server/test/support/people.ts';
import { until } from '../../server/test/support/until.ts';
import { percentile } from '../load/summary.ts';
import { runCommand } from '../support/openDatabase.ts';
import { type BriefedCountry, briefCountry } from './briefedCountry.ts';
import { MapPage } from './MapPage.ts';
import { RollcallDevices } from './RollcallDevices.ts';
import { wallClock } from './rollcallProtocol.ts';

const usage = `Asks a number of a whole country, and says how long each takes from its receipt to the map of a leader.

usage: npm run dh -- bench asked [--units N] [--seconds N] [--rounds N] [--processes P] [--json]

  --units      communes, each with a device that answers with a number (default 10056)
  --seconds    within which all answer, each at some moment (default 60)
  --rounds     how often they are asked (default 2)
  --processes  in which the devices run (default 2)
  --json       print the result as JSON

A whole server is started with stores of its own. Devices are socket.io clients that behave as the page does. The map is the page of
the principal in Chromium, who opens it when the round is open, as the answers come in: for each unit counts the first picture that was on
the screen after its number had come, beside the moment at which its device had the receipt, or at which the map was open, if that was
later. A picture may be there before the receipt is. All of it shares this machine. Goal: 2 s from receipt to map, of each.`;

const GOAL_MS = 2_000;
const CONNECTS_PER_SECOND = 300;
const SETTLE_MS = 3_000;
const PATIENCE_MS = 300_000;
const MOST = 5_000;

interface Spread {
  readonly p50: number;
  readonly p95: number;
  readonly most: number;
}
interface Asked {
  readonly units: number;
  readonly seconds: number;
  /** From a device's answer to its receipt, from there to the page, and to the screen, ms. */
  readonly receiptMs: Spread;
  readonly pageMs: Spread;
  readonly mapMs: Spread;
  /** Whose numbers were on the map later than the goal allows. */
  readonly late: number;
  readonly headline: string;
  readonly load: number;
}

runCommand(usage, async () => {
  const { values } = parseArgs({
    options: {
      units: { type: 'string', default: '10056' },
      seconds: { type: 'string', default: '60' },
      rounds: { type: 'string', default: '2' },
      processes: { type: 'string', default: '2' },
      json: { type: 'boolean', default: false },
    },
  });
  const open: { close(): unknown }[] = [];
  const own = <T extends { close(): unknown }>(thing: T): T => {
    open.unshift(thing);
    return thing;
  };
  try {
    const country = own(await briefCountry(Number(values.units)));
    const link = `${country.server.url}/#l=${await issueLinkFor(country.server, 'principal', 'vn')}`;
    const page = own(await MapPage.open(own(await Browser.open()), link));
    const devices = own(
      await RollcallDevices.connect(country.server.url, country.seats, Number(values.processes), CONNECTS_PER_SECOND),
    );
    const rounds: Asked[] = [];
    while (rounds.length < Number(values.rounds)) {
      rounds.push(await ask({ country, page, devices, seconds: Number(values.seconds) }));
      if (!values.json) print(rounds.at(-1) as Asked);
    }
    if (values.json) console.log(JSON.stringify(rounds));
    if (rounds.some(({ late }) => late > 0)) process.exitCode = 1;
  } finally {
    for (const thing of open) await thing.close();
  }
});

interface Ground {
  readonly country: BriefedCountry;
  readonly page: MapPage;
  readonly devices: RollcallDevices;
  readonly seconds: number;
}

/** One round, from its opening until all have answered and the map shows it. */
async function ask({ country: { principal, seats }, page, devices, seconds }: Ground): Promise<Asked> {
  await devices.expect(seconds * 1_000, MOST);
  await wait(SETTLE_MS);
  const before = (await page.painted()).length;
  const number = { label: 'Giường trống', unit: 'giường', max: MOST };
  const of = { question: 'Còn bao nhiêu giường trống?', scope: ['vn'], seconds: 3_600, repromptSeconds: null, number };
  const { id } = await principal.act('round.open', { key: randomUUID(), ...of });
  await page.openAsked();
  const openedAt = wallClock();
  await devices.acknowledged(seats.length, PATIENCE_MS);
  const shownOf = async () => {
    const shown = new Map<string, { cameAt: number; paintedAt: number }>();
    for (const { units, ...at } of (await page.painted()).slice(before))
      for (const unit of units) if (!shown.has(unit)) shown.set(unit, at);
    return shown;
  };
  const shown = await until(
    'all numbers are on the map',
    async () => {
      const now = await shownOf();
      return now.size === seats.length && now;
    },
    PATIENCE_MS,
  );
  const results = await devices.results();
  const refused = results.find(({ refusal }) => refusal);
  if (refused) throw new Error(`${refused.identity} was refused: ${refused.refusal}`);
  const times = results.map(({ identity, sentAt = Number.NaN, acknowledgedAt = Number.NaN }) => {
    const { cameAt = Number.NaN, paintedAt = Number.NaN } = shown.get(identity.split('.')[0] ?? '') ?? {};
    const after = (moment: number): number => Math.max(0, moment - Math.max(acknowledgedAt, openedAt));
    return { receipt: acknowledgedAt - sentAt, page: after(cameAt), map: after(paintedAt) };
  });
  const headline = await page.headline();
  await principal.act('round.close', { key: randomUUID(), round: id });
  await page.leaveMap();
  return {
    ...{ units: seats.length, seconds, headline, load: Math.round(loadavg()[0] ?? 0) },
    receiptMs: spreadOf(times.map((one) => one.receipt)),
    pageMs: spreadOf(times.map((one) => one.page)),
    mapMs: spreadOf(times.map((one) => one.map)),
    late: times.filter(({ map }) => !(map <= GOAL_MS)).length,
  };
}

const spreadOf = (times: readonly number[]): Spread => ({
  p50: Math.round(percentile(times, 50)),
  p95: Math.round(percentile(times, 95)),
  most: Math.round(percentile(times, 100)),
});

function print({ units, seconds, receiptMs, pageMs, mapMs, late, headline, load }: Asked): void {
  const line = ({ p50, p95, most }: Spread) => `p50 ${p50} ms, p95 ${p95} ms, most ${most} ms`;
  console.log(`${units} units answered within ${seconds} s (load average ${load}): ${headline}`);
  console.log(`  receipts: ${line(receiptMs)}`);
  console.log(`  from the receipt to the page: ${line(pageMs)}`);
  console.log(`  from the receipt to the map: ${line(mapMs)}; later than ${GOAL_MS} ms: ${late}`);
}
