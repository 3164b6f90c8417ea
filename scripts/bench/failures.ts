/**
 * Measures what viewers see when something dies, on three nodes in network namespaces of their own. Its options:
 * usage: npm run dh -- bench failures [--viewers N] [--pages N] [--pace P] [--lowest] [--cuts] [--only NAMES] [--json]
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { VideoQuality } from '@livekit/protocol';
import { noNamespaces } from '../../server/test/support/Namespace.ts';
import type { IvfFile } from '../load/ivf.ts';
import { cameraLayers, recordLayers } from '../load/recordLayers.ts';
import { percentile } from '../load/summary.ts';
import { runCommand } from '../support/openDatabase.ts';
import { FailureGround, type Seen } from './FailureGround.ts';
import { cutLines } from './failureCuts.ts';
import { lines as deaths } from './failureLines.ts';

const usage = `Measures what viewers see when something dies, on three nodes in network namespaces of their own.

usage: npm run dh -- bench failures [--viewers N] [--pages N] [--pace P] [--lowest] [--cuts] [--only NAMES] [--json]

  --viewers  how many watch, LiveKit clients without decoders that come back as pages do (default 24)
  --pages    how many of communes in Chromium beside them, in which a picture has to move (default 3: as many as two cores decode)
  --pace     of the frames of the principal's picture and sound so many are sent, 0..1 (default 1)
  --lowest   viewers ask for the lowest layer: with a pace of 0.5 two cores hold some hundreds of them
  --cuts     instead of deaths: the principal's node is cut off from its stores, other nodes or clients, alone and together
  --only     these lines, separated by commas: ${deaths.map(({ name }) => name).join(', ')}; with --cuts
             ${cutLines.map(({ name }) => name).join(', ')}
  --json     print the result as JSON

Needs root, and iproute2. For each line three nodes are started afresh with the demo organisation, PostgreSQL and Redis; the principal is
at the first node, viewers are at all of them, and each answers a roll-call as often as one is held. The pages are at the node
that dies, where viewers do; else at one that carries nothing else. Printed is the longest time without a picture of each viewer that it
concerns, and of each page, how many of them connected anew, and what afterwards is not as if nothing had died: floor, presence,
attendance, answers, record.`;

const { values } = parseArgs({
  options: {
    viewers: { type: 'string', default: '24' },
    pages: { type: 'string', default: '3' },
    pace: { type: 'string', default: '1' },
    lowest: { type: 'boolean', default: false },
    cuts: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const RESOLUTION_MS = 5;
const lines = values.cuts ? cutLines : deaths;

interface Measured {
  readonly name: string;
  readonly goalMs: number;
  readonly delays: readonly number[];
  /** Those among them of viewers who connected anew. */
  readonly ofAnew: readonly number[];
  /** Of the pages. */
  readonly pages: readonly number[];
  readonly anew: number;
  /** How late timers of the viewers were at most, who share this machine: it is in their delays. */
  readonly botsLateMs: number;
  readonly wrong: readonly string[];
  /** What a call to a unit at the node came to. */
  readonly call: string | undefined;
}

/** @param pictures of the principal, which pages can decode; without: those of all load, which no page has to */
async function measure(
  line: (typeof lines)[number],
  viewers: number,
  pages: number,
  pictures: readonly IvfFile[] | undefined,
): Promise<Measured> {
  const quality = values.lowest ? VideoQuality.LOW : undefined;
  const ground = await FailureGround.create(viewers, {
    env: line.env,
    pace: Number(values.pace),
    pictures,
    quality,
  });
  const late = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  try {
    const opened = pages > 0 ? await ground.openPages(pages, await ground.viewersNode()) : [];
    ground.begin();
    late.enable();
    const whose = await line.happen(ground);
    await ground.settled();
    late.disable();
    const [bots, inChromium] = [await ground.end(whose), await ground.end(opened)];
    const longest = (seen: readonly Seen[]) => seen.map(({ longestMs }) => longestMs);
    const isAnew = (one: Seen) => one.anew > 0;
    const anew = [...bots, ...inChromium].filter(isAnew).length;
    const delays = { delays: longest(bots), ofAnew: longest(bots.filter(isAnew)), pages: longest(inChromium) };
    const botsLateMs = Math.max(0, late.max / 1e6 - RESOLUTION_MS);
    return {
      name: line.name,
      goalMs: line.goalMs,
      ...delays,
      anew,
      botsLateMs,
      wrong: await ground.wrong(),
      call: ground.lastCall,
    };
  } finally {
    await ground.close();
  }
}

const rounded = (ms: number): string => (ms / 1_000).toFixed(1).padStart(5);

runCommand(usage, async () => {
  const why = noNamespaces();
  if (why !== undefined) throw new Error(why);
  const all: Measured[] = [];
  const [viewers, inChromium] = [Number(values.viewers), Number(values.pages)];
  // A decoder fails where the kept recording begins again, and asks for a picture more often than one viewer may (FB3).
  const pictures = inChromium > 0 ? await recordLayers(cameraLayers) : undefined;
  for (const line of lines.filter(({ name }) => !values.only || values.only.split(',').includes(name))) {
    // One that could not be measured is said, and the next is.
    const result = await measure(line, viewers, inChromium, pictures).catch((error: Error) => {
      const { name, goalMs } = line;
      const nothing = { delays: [], ofAnew: [], pages: [], anew: 0, botsLateMs: 0, call: undefined };
      return { name, goalMs, ...nothing, wrong: [String(error.cause ?? ''), error.message] };
    });
    all.push(result);
    if (values.json) continue;
    const { name, goalMs, delays, ofAnew, pages, anew, botsLateMs, wrong, call } = result;
    const shown = pages.length > 0 ? `; in Chromium ${pages.map((ms) => rounded(ms).trim()).join(', ')} s` : '';
    const some = ofAnew.length > 0 && ofAnew.length < delays.length;
    const again = some
      ? `, viewers among them p50 ${rounded(percentile(ofAnew, 50)).trim()} s, p95 ${rounded(percentile(ofAnew, 95)).trim()} s`
      : '';
    console.log(
      `${name.padEnd(19)} without a picture p50 ${rounded(percentile(delays, 50))} s, p95 ${rounded(percentile(delays, 95))} s (goal ${rounded(goalMs)}), ` +
        `longest ${rounded(Math.max(...delays))} s, of ${delays.length}${shown}; ${anew} connected anew${again}; bots late by ${rounded(botsLateMs).trim()} s at most${call ? `; ${call}` : ''}; ${wrong.length === 0 ? 'all as before' : `WRONG: ${wrong.join('; ')}`}`,
    );
  }
  if (values.json) console.log(JSON.stringify(all));
  // The threads of the clients' library would keep this process.
  process.exit();
});
