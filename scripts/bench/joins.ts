/**
 * Lets communes in at rising rates over TLS, page and order channel with them, and says which rate a node takes. Its options:
 * usage: npm run dh -- bench joins [--rates A,B,…] [--seconds S] [--communes N] [--costs FILE] [--profile FILE] [--json]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { budgets } from '../../server/src/domain/nodes/capacity/capacity.ts';
import { costsSchema } from '../../server/src/domain/nodes/capacity/costs.ts';
import { freePort } from '../../server/test/support/freePort.ts';
import { percentile } from '../load/summary.ts';
import { JoiningPages } from './JoiningPages.ts';
import { type JoinsGround, openJoinsGround } from './joinsGround.ts';
import { type Part, parts, type Script } from './joinsProtocol.ts';
import { beginProfile, endProfile, readMeter } from './loopMeter.ts';

const usage = `Lets communes in at rising rates over TLS, page and order channel with them, and says which rate a node takes.

usage: npm run dh -- bench joins [--rates A,B,…] [--seconds S] [--communes N] [--costs FILE] [--profile FILE] [--json]

  --rates     joins a second, one after the other (default 10,20,30,40,50,60,70,80,100)
  --seconds   for how long they come at each rate (default 6)
  --communes  who do one part after the other, for its CPU (default 90)
  --costs     writes what a join takes of the process of signalling, with its page, into this file of dh plan
  --profile   writes a CPU profile of the process of signalling at the last rate to this file
  --json      print the result as JSON

A whole server over TLS, with a country, an open briefing and a principal who sends picture and sound. First a commune's page is opened in
Chromium, and what it asks for is noted; communes then do the same: connections with the tickets of TLS, page and files, link and session,
/join, order channel, and signalling by a LiveKit client with real ICE, DTLS and SRTP until sound is heard; no decoders, and no picture.
CPU of each part is compared with express, socket.io and ws that answer as many bytes from memory over TLS in the same run. Then communes come at each rate, whether
those before them are in or not; a rate is too high when the loop of the process of signalling is late by p99 50 ms, or a join takes p95 2 s.
All of it shares this machine: where the pages are late themselves, the rate is what the machine takes, and a node takes more.`;

const { values } = parseArgs({
  options: {
    rates: { type: 'string', default: '10,20,30,40,50,60,70,80,100' },
    seconds: { type: 'string', default: '6' },
    communes: { type: 'string', default: '90' },
    costs: { type: 'string' },
    profile: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const PROCESSES = 2;
/** Of those who do one part after the other. */
const PART_PER_SECOND = 30;
/** Who come before anything is measured, since code runs slowly at first. */
const FIRST = 30;
/** What coming and leaving have set off is over by then. */
const SETTLE_MS = 2_000;
/** What a part has set off is over by then. */
const STILL_MS = 300;
const LATE_GOAL_MS = 50;
const JOIN_GOAL_MS = 2_000;

interface Rate {
  readonly perSecond: number;
  readonly lateP99Ms: number;
  readonly lateMaxMs: number;
  /** Of the process of signalling, ms a join. */
  readonly cpuMs: number;
  readonly cores: number;
  readonly joinP50Ms: number;
  readonly joinP95Ms: number;
  readonly failed: number;
  /** Of the pages themselves. */
  readonly pagesLateMs: number;
  readonly pagesCores: number;
}

const say = (line: string): void => (values.json ? undefined : console.log(line));

/** CPU ms a commune of each part, less what a server takes to which nobody comes. */
async function costs(pages: JoiningPages, meter: number, communes: number): Promise<Record<Part, number>> {
  await pages.come(FIRST, PART_PER_SECOND / 2);
  await pages.leave();
  await wait(SETTLE_MS);
  const cpu = async (): Promise<number> => (await readMeter(meter)).cpuMs;
  const [idleFrom, began] = [await cpu(), performance.now()];
  await wait(SETTLE_MS);
  const idle = ((await cpu()) - idleFrom) / (performance.now() - began);
  const each = Math.ceil(communes / PROCESSES);
  const found: [Part, number][] = [];
  // Without a pause: a connection that is not used for five seconds would be closed, and made anew by the next part.
  for (const part of parts) {
    const [before, from] = [await cpu(), performance.now()];
    await pages.do(part, each, PART_PER_SECOND);
    await wait(STILL_MS);
    const used = (await cpu()) - before - idle * (performance.now() - from);
    found.push([part, Math.max(0, used) / (each * PROCESSES)]);
  }
  return Object.fromEntries(found) as Record<Part, number>;
}

async function bareCosts(ground: JoinsGround, script: Script, communes: number): Promise<Record<Part, number>> {
  const meter = await freePort();
  const { cert, key } = ground.certificate;
  const child = fork(join(import.meta.dirname, 'bareJoins.process.ts'), [cert, key, `${meter}`], { stdio: 'inherit' });
  child.send(script);
  const died = once(child, 'exit').then(() => {
    throw new Error('the bare server has ended');
  });
  died.catch(() => undefined);
  const [url] = (await Promise.race([once(child, 'message'), died])) as [string];
  const pages = await JoiningPages.start(
    { ...ground.ground, url, script },
    ground.secrets.map(() => ''),
    PROCESSES,
  );
  try {
    return await costs(pages, meter, communes);
  } finally {
    await pages.close();
    child.disconnect();
  }
}

async function at(perSecond: number, pages: JoiningPages, meter: number): Promise<Rate> {
  await wait(SETTLE_MS);
  const before = await readMeter(meter);
  const began = performance.now();
  const { ms, failures, lateP99Ms: pagesLateMs, cpuSeconds } = await pages.come(perSecond * seconds, perSecond);
  const took = performance.now() - began;
  const after = await readMeter(meter);
  if (failures[0] !== undefined) say(`  ${failures.length} did not get in: ${failures[0]}`);
  await pages.leave();
  const times = ms.map((one) => one ?? Number.POSITIVE_INFINITY);
  return {
    ...{ perSecond, pagesLateMs, failed: failures.length },
    ...{ lateP99Ms: after.lateP99Ms, lateMaxMs: after.lateMaxMs },
    ...{ cpuMs: (after.cpuMs - before.cpuMs) / ms.length, cores: (after.cpuMs - before.cpuMs) / took },
    ...{ joinP50Ms: percentile(times, 50), joinP95Ms: percentile(times, 95), pagesCores: (1e3 * cpuSeconds) / took },
  };
}

const isGood = ({ lateP99Ms, joinP95Ms, failed }: Rate): boolean =>
  lateP99Ms <= LATE_GOAL_MS && joinP95Ms <= JOIN_GOAL_MS && failed === 0;

function tellParts(own: Record<Part, number>, bare: Record<Part, number>): void {
  const line = (name: string, one: number, other: number) =>
    say(
      `${name.padEnd(11)} ${one.toFixed(2).padStart(6)} ms, bare ${other.toFixed(2).padStart(5)} ms: ${(one / other).toFixed(2)} times`,
    );
  for (const part of parts) line(part, own[part], bare[part]);
  const sum = (of: Record<Part, number>) => parts.reduce((all, part) => all + of[part], 0);
  line('all of it', sum(own), sum(bare));
  say(
    `by its CPU a node takes ${((1e3 * budgets.node) / sum(own)).toFixed(0)} a second, with ${100 * budgets.node} % of a core`,
  );
}

/** What a join takes of the process of signalling, beside what viewers take, which `plan --measure` has written there. */
async function keepCosts(file: string, { signalling: nodeMs, ...page }: Record<Part, number>): Promise<void> {
  const costs = costsSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  const pageMs = Object.values(page).reduce((sum, ms) => sum + ms, 0);
  const join = { ...costs.join, nodeMs, pageMs };
  await writeFile(file, `${JSON.stringify({ ...costs, join }, undefined, 2)}\n`);
}

async function run(): Promise<void> {
  const rates = values.rates.split(',').map(Number);
  const communes = Number(values.communes);
  const needed = FIRST + communes + 2 * PROCESSES * rates.length + rates.reduce((sum, rate) => sum + rate * seconds, 0);
  const ground = await openJoinsGround(needed + 1);
  try {
    const { asked } = ground.ground;
    say(
      `a page: ${asked.connections} connections, ${asked.files.length + 1} files, ${asked.questions.length} questions`,
    );
    const pages = await JoiningPages.start(ground.ground, ground.secrets, PROCESSES);
    try {
      const own = await costs(pages, ground.meter, communes);
      const script = await pages.script();
      await pages.leave();
      const bare = await bareCosts(ground, script, communes);
      tellParts(own, bare);
      if (values.costs !== undefined) await keepCosts(values.costs, own);
      const found: Rate[] = [];
      for (const [i, perSecond] of rates.entries()) {
        const isLast = i === rates.length - 1;
        if (isLast && values.profile !== undefined) await beginProfile(ground.meter);
        const rate = await at(perSecond, pages, ground.meter);
        found.push(rate);
        say(
          `${`${perSecond}`.padStart(4)} a second: loop late p99 ${rate.lateP99Ms.toFixed(0)} ms, at most ${rate.lateMaxMs.toFixed(0)} ms; ` +
            `in after p50 ${rate.joinP50Ms.toFixed(0)} ms, p95 ${rate.joinP95Ms.toFixed(0)} ms; ${rate.cpuMs.toFixed(1)} ms of CPU each, ` +
            `${rate.cores.toFixed(2)} cores; pages late p99 ${rate.pagesLateMs.toFixed(0)} ms, ${rate.pagesCores.toFixed(2)} cores; load average ${loadavg()[0]?.toFixed(1)}`,
        );
        if (isLast && values.profile !== undefined) await writeFile(values.profile, await endProfile(ground.meter));
        if (!isGood(rate) && values.profile === undefined) break;
      }
      const best = found.findLast(isGood)?.perSecond;
      say(best === undefined ? 'none of these rates was taken' : `taken: ${best} joins a second`);
      if (values.json) console.log(JSON.stringify({ asked, own, bare, rates: found, taken: best ?? null }));
    } finally {
      await pages.close();
    }
  } finally {
    await ground.close();
  }
}

const seconds = Number(values.seconds);
if (values.help) console.log(usage);
else await run();
