/**
 * Measures how long it takes until every page says that a speaker is lost (FL23). Its options:
 * usage: npm run dh -- bench lost [--times N] [--only NAMES]
 */
import { parseArgs } from 'node:util';
import { noNamespaceRules } from '../../server/test/support/Namespace.ts';
import { runCommand } from '../support/openDatabase.ts';
import { LostGround, type Speaker } from './LostGround.ts';

const usage = `Measures how long it takes until every page, the wall and the clock of the caller say that a speaker is lost.

usage: npm run dh -- bench lost [--times N] [--only NAMES]

  --times  how often each (default 3)
  --only   these, separated by commas: tab, browser, line, line-muted, muted

Needs root, iproute2, nftables and the built pages. The speaker sits in Chromium in a network namespace, and answers a call of the leader
each time; leader, moderator, a commune and a screen are in another Chromium. tab: its renderer is killed. browser: all of its
processes are. line: nothing comes or goes in the namespace any more, and nobody is told. line-muted: the same with camera and
microphone off. muted: nothing happens but that, and nobody may be lost. Printed is, for each place on each page, after how
many milliseconds it said so.`;

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
    help: { type: 'boolean', default: false },
  },
});

interface Loss {
  readonly name: string;
  /** FL23, ms. */
  readonly goalMs: number;
  happen(ground: LostGround, speaker: Speaker): Promise<unknown> | unknown;
}

const losses: readonly Loss[] = [
  { name: 'tab', goalMs: 2_000, happen: (_, speaker) => speaker.killTab() },
  { name: 'browser', goalMs: 2_000, happen: (ground) => ground.killBrowser() },
  { name: 'line', goalMs: 6_000, happen: (ground) => ground.cut() },
  {
    name: 'line-muted',
    goalMs: 6_000,
    happen: async (ground, speaker) => {
      await speaker.mute();
      ground.cut();
    },
  },
];

/** Longer than it takes until a line that is cut is told. */
const MUTED_MS = 12_000;

runCommand(usage, async () => {
  const why = noNamespaceRules();
  if (why !== undefined) throw new Error(why);
  const wanted = (name: string): boolean => !values.only || values.only.split(',').includes(name);
  const ground = await LostGround.create();
  try {
    for (const { name, goalMs, happen } of losses.filter((loss) => wanted(loss.name))) {
      const all = new Map<string, number[]>();
      for (let i = 0; i < Number(values.times); i++) {
        const speaker = await ground.onAir();
        const told = await ground.told(() => happen(ground, speaker));
        for (const [place, ms] of told) all.set(place, [...(all.get(place) ?? []), ms]);
        await ground.offAir();
      }
      const longest = Math.max(...[...all.values()].flat());
      console.log(`${name}: longest ${longest} ms (goal ${goalMs}): ${longest <= goalMs ? 'met' : 'MISSED'}`);
      for (const [place, ms] of all) console.log(`  ${place.padEnd(28)} ${ms.join(', ')} ms`);
    }
    if (wanted('muted')) {
      const speaker = await ground.onAir();
      await speaker.mute();
      const lost = await ground.isToldWithin(MUTED_MS);
      console.log(
        `muted: after ${MUTED_MS} ms ${lost ? 'WRONG: a page says that the speaker is lost' : 'nobody is lost'}`,
      );
    }
  } finally {
    await ground.close();
  }
});
