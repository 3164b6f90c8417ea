import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { cleanup } from '../support/NativePeer.ts';
import { mutateBytes, seededRandom } from '../support/sdp/mutate.ts';
import { FrameAttack } from '../support/signals/FrameAttack.ts';
import { signalSeeds } from '../support/signals/seeds.ts';

const rounds = 400;

let attack: FrameAttack;
before(async () => {
  attack = await FrameAttack.create();
});
after(async () => {
  await attack.close();
  cleanup();
});

test(`${rounds} mutated runs of signal frames disturb nobody and leave nothing behind`, async () => {
  const seeds = signalSeeds();
  assert.ok(seeds.length > 20);
  for (let seed = 0; seed < rounds; seed++) {
    const random = seededRandom(seed);
    const original = seeds[Math.floor(random() * seeds.length)] ?? Buffer.alloc(0);
    const data = seed < seeds.length ? (seeds[seed] ?? original) : mutateBytes(original, seeds, random);
    await attack.send(data).catch((cause: unknown) => {
      throw new Error(`seed ${seed}`, { cause });
    });
    if (seed % 200 === 199) await attack.check();
  }
});
