/** Tries what nodes tell and ask each other in thousands of simulated worlds, each by a seed. */
import { parseArgs } from 'node:util';
import { type Tried, tryWorlds } from '../../server/test/support/cluster/tryWorlds.ts';

const usage = `Tries what nodes tell and ask each other in thousands of simulated worlds, each by a seed.

usage: npm run dh -- worlds [N | FROM-TO]

  N        how many, from seed 1 (default 5000)
  FROM-TO  those seeds; SEED-SEED is one world, with the stack of what is found in it

In each world three nodes run the real code above Redis and PostgreSQL in virtual time, while the network loses, repeats,
delays and reorders, processes and machines stop, lines are cut, and clocks are set. A thread for each core.

Ends with status 0 when nothing was found. A world that fails is printed with its seed, and the command by which it happens
again to the last word, whatever else is tried and in however many threads.`;

const TELL_EVERY_MS = 15_000;

const { values, positionals } = parseArgs({ options: { help: { type: 'boolean' } }, allowPositionals: true });

async function main(): Promise<void> {
  const range = /^(?:(\d+)-)?(\d+)$/.exec(positionals[0] ?? '5000');
  const [from, to] = [Number(range?.[1] ?? 1), Number(range?.[2])];
  if (values.help || positionals.length > 1 || !(to >= from)) {
    console.log(usage);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const began = performance.now();
  let tried = 0;
  let toldAt = began;
  const rate = () => {
    const minutes = (performance.now() - began) / 60_000;
    return `${tried} worlds, ${Math.round(tried / minutes)} a minute`;
  };
  const heard = ({ worlds, faults }: Tried) => {
    tried += worlds;
    for (const { seed, message, stack } of faults)
      console.log(`seed ${seed}: ${from === to ? stack : `${message} (again: npm run dh -- worlds ${seed}-${seed})`}`);
    if (performance.now() - toldAt < TELL_EVERY_MS) return;
    toldAt = performance.now();
    console.log(rate());
  };
  const { counts, cpuMsEach, faults } = await tryWorlds(from, to, heard);
  console.log(JSON.stringify(counts));
  console.log(`${rate()}, ${cpuMsEach.toFixed(1)} ms of a core each; ${faults.length} failed`);
  if (faults.length > 0) process.exitCode = 1;
}

await main();
