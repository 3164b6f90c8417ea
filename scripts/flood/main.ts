/** Floods a server of its own on loopback in every way that strangers have, and listens whether a briefing beside it stutters. */
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { Bots } from '../load/Bots.ts';
import { provideMediaWorker } from '../measure/mediaWorker.ts';
import { type AttackName, attacks } from './attacks/index.ts';
import { type Attacked, measureAttack, measureCalm } from './measure.ts';
import { stood, tellAttacked, tellCalm } from './report.ts';
import { Target } from './Target.ts';

const names = Object.keys(attacks) as AttackName[];
const usage = `Floods a server of its own on loopback in every way that strangers have, and listens whether a briefing beside it stutters.

usage: npm run dh -- flood [--attack NAME]... [--seconds N] [--viewers N] [--json]

  --attack   one of these alone; may be given several times (default: all, one after the other)
${names.map((name) => `               ${name.padEnd(14)}  ${attacks[name].what}`).join('\n')}
  --seconds  how long the calm is measured, and each attack runs (default 10, at most 300)
  --viewers  who listens to the principal (default 50, at most 100)
  --json     print the result as JSON

It takes no address: it starts a whole node with stores of its own, on free ports of loopback, opens a briefing with the principal
on stage, and ends all of it. Rates and sockets of each attack are bounded; it comes from a process of its own, which takes no more
CPU than others leave. Exit status 1: the sound was lost by more than 1 %, or stood still for 200 ms more than in the calm, or the
server still held something of an attack when its time to let go was over. 2: not understood.`;

const count = (most: number) => z.coerce.number().int().min(1).max(most);
const settings = z.object({
  attack: z.array(z.enum(names)).default(names),
  seconds: count(300).default(10),
  viewers: count(100).default(50),
  json: z.boolean().default(false),
  help: z.boolean().default(false),
});

/** Seconds within which joining is over: layers have settled, and the sound of a whole second had no gap. */
const SETTLE_SECONDS = 15;
const GAP_MS = 150;

function read(): z.output<typeof settings> {
  try {
    const { values } = parseArgs({
      options: {
        attack: { type: 'string', multiple: true },
        seconds: { type: 'string' },
        viewers: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
    return settings.parse(values);
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    console.error(`${why}\n\n${usage}`);
    process.exit(2);
  }
}

async function settle(viewers: Bots): Promise<void> {
  for (let second = 0; second < SETTLE_SECONDS; second++) {
    await wait(1_000);
    const heard = await viewers.snapshot();
    if (heard.viewers.every(({ sound }) => sound.packets > 0 && sound.longestPauseMs < GAP_MS)) return;
  }
}

type Settings = z.output<typeof settings>;
const opened: { close(): Promise<unknown> }[] = [];
const own = <T extends { close(): Promise<unknown> }>(thing: T): T => {
  opened.unshift(thing);
  return thing;
};
async function closeAll(): Promise<void> {
  for (const thing of opened.splice(0)) await thing.close();
}

async function run({ attack, seconds, viewers: wanted, json }: Settings): Promise<void> {
  const tell = (text: string): void => {
    if (!json) console.log(text);
  };
  await provideMediaWorker();
  const target = own(await Target.start(wanted));
  const { url, room, key, secret, speaker, viewers: links } = target.place;
  const account = { url, room, key, secret, bindAddress: '127.0.0.1' };
  const principal = own(await Bots.publisher({ ...account, token: speaker }));
  const viewers = own(await Bots.viewers({ ...account, links }, wanted, 10));
  await settle(viewers);
  const scene = { target, speaker: principal, viewers, seconds };
  const calm = await measureCalm(scene);
  if (calm.sound.lost > 0 || calm.sound.packets === 0) throw new Error('the viewers hear nothing, before any attack');
  tell(tellCalm(calm));
  const attacked: Attacked[] = [];
  for (const name of attack) {
    const result = await measureAttack(scene, calm, name, own);
    attacked.push(result);
    tell(tellAttacked(result));
  }
  if (json) console.log(JSON.stringify({ seconds, viewers: wanted, calm, attacks: attacked }));
  if (!attacked.every(stood)) process.exitCode = 1;
}

const given = read();
if (given.help) console.log(usage);
else {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void closeAll().then(() => process.exit(1)));
  try {
    await run(given);
  } finally {
    await closeAll();
  }
}
