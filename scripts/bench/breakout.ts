/**
 * Measures all provinces breaking out and coming back, at the viewers: when each sees and hears who speaks to them. Its options:
 * usage: npm run dh -- bench breakout [--stages N] [--viewers N] [--rounds N] [--json]
 */
import { loadavg } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { percentile } from '../load/summary.ts';
import { Country } from './Country.ts';
import { type Cut, StageCuts } from './StageCuts.ts';

const usage = `Measures all provinces breaking out and coming back, at the viewers: when each sees and hears who speaks to them.

usage: npm run dh -- bench breakout [--stages N] [--viewers N] [--rounds N] [--json]

  --stages   provinces, each with a moderator who sends picture and sound as soon as they stand on its stage (default 63)
  --viewers  communes of each province that watch (default 5)
  --rounds   how often all break out and come back (default 3)
  --json     print the result as JSON

A whole server is started with the demo organisation, and a briefing of the country. Viewers are LiveKit clients without
decoders, who take the lowest layer, and speakers send no other, so that bots cost less than what is measured. A cut is over for a viewer when a whole key
frame and the sound of who speaks on their own stage have come; coming back, when the sound of the principal has, whose
picture was beside the other one. In each round first one province opens its stage alone and closes it: what that takes is the
baseline, and the ratio to it is what so many at once cost. Server, speakers and viewers share this machine. Goals: break out
and back within 2 s (median) and 5 s (p95), the cut of one stage p95 under 500 ms.`;

const { values } = parseArgs({
  options: {
    stages: { type: 'string', default: '63' },
    viewers: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

/** What a cut has set off is over by then, and a key frame may be asked for again. */
const SETTLE_MS = 2_000;

interface Measured {
  readonly alone: { readonly open: Cut; readonly close: Cut };
  readonly all: { readonly out: Cut; readonly back: Cut };
}

async function measure(stages: number, viewers: number, rounds: number): Promise<Measured[]> {
  const country = await Country.open(stages, viewers);
  try {
    const cuts = new StageCuts(country);
    const { principal, provinces } = country;
    const measured: Measured[] = [];
    for (let round = 0; round < rounds; round++) {
      const one = provinces[round % provinces.length];
      if (!one) throw new Error('there is no province');
      const settle = async () => {
        await wait(SETTLE_MS);
        await country.stand();
        await wait(SETTLE_MS);
      };
      await settle();
      const { unit, leader } = one;
      const open = await cuts.to('own', [one], () => leader.act('stage.open', { unit }));
      await wait(SETTLE_MS);
      const close = await cuts.to('principal', [one], () => leader.act('stage.close', { unit }));
      await settle();
      const out = await cuts.to('own', provinces, () => principal.act('stage.breakOut', { unit: 'vn' }));
      await wait(SETTLE_MS);
      const back = await cuts.to('principal', provinces, () => principal.act('stage.back', { unit: 'vn', seconds: 0 }));
      measured.push({ alone: { open, close }, all: { out, back } });
    }
    return measured;
  } finally {
    await country.close();
  }
}

const of = (list: readonly number[], p: number): number => Math.round(percentile([...list], p));
const part = (what: string, list: readonly number[]): string =>
  list.length > 0 ? `; ${what} p50 ${of(list, 50)} ms, p95 ${of(list, 95)} ms` : '';
const line = (what: string, { cutMs, publishedMs, offeredMs, answeredMs, heardMs, offers, unseen, lateMs }: Cut) =>
  `${what.padEnd(20)} p50 ${of(cutMs, 50)} ms  p95 ${of(cutMs, 95)} ms  longest ${of(cutMs, 100)} ms; ` +
  `${(offers / cutMs.length).toFixed(1)} offers a viewer` +
  part('speakers sent', publishedMs) +
  part('offered', offeredMs) +
  part('answered', answeredMs) +
  part('heard', heardMs) +
  (unseen > 0 ? `; ${unseen} saw nothing` : '') +
  `; bots late by ${Math.round(lateMs)} ms at most`;

if (values.help) {
  console.log(usage);
} else {
  const measured = await measure(Number(values.stages), Number(values.viewers), Number(values.rounds));
  if (values.json) console.log(JSON.stringify(measured));
  else
    for (const { alone, all } of measured) {
      console.log(`load average ${loadavg()[0]?.toFixed(1)}`);
      console.log(line('one stage opened', alone.open));
      console.log(line('one stage closed', alone.close));
      console.log(line(`${values.stages} broken out`, all.out));
      console.log(line(`${values.stages} back`, all.back));
    }
  const every = (pick: (m: Measured) => Cut): number[] => measured.flatMap((m) => pick(m).cutMs);
  const [open, out, back] = [every((m) => m.alone.open), every((m) => m.all.out), every((m) => m.all.back)];
  if (!values.json)
    console.log(
      `ratio of the medians, ${values.stages} stages to one: ${(of(out, 50) / of(open, 50)).toFixed(2)} out, ` +
        `${(
          of(back, 50) /
            of(
              every((m) => m.alone.close),
              50,
            )
        ).toFixed(2)} back`,
    );
  const isQuick = [out, back].every((list) => of(list, 50) < 2_000 && of(list, 95) < 5_000);
  process.exitCode = isQuick && of(open, 95) < 500 ? 0 : 1;
}
