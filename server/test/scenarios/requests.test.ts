import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { NodeAttack } from '../support/requests/NodeAttack.ts';
import {
  actSeeds,
  type Contract,
  cookieSeeds,
  readContract,
  requestSeeds,
  uploadSeeds,
} from '../support/requests/seeds.ts';
import { mutateBytes, seededRandom } from '../support/sdp/mutate.ts';

const ROUNDS = 240;

let contract: Contract;
let attack: NodeAttack;
before(async () => {
  contract = await readContract();
  attack = await NodeAttack.create();
});
after(async () => {
  await attack?.close();
});

const kinds = [
  ['bodies and paths', () => requestSeeds(contract), 'request'],
  ['cookies', cookieSeeds, 'request'],
  ['files', () => uploadSeeds(contract), 'request'],
  ['acts of the order channel', actSeeds, 'acts'],
] as const;

for (const [what, seedsOf, way] of kinds) {
  test(`${ROUNDS} mutated ${what} are answered, without a fault of the server's own, and leave nothing behind`, async () => {
    const seeds = seedsOf().map((seed) => Buffer.from(seed));
    assert.ok(seeds.length > 4, `${seeds.length} seeds`);
    for (let seed = 0; seed < ROUNDS; seed++) {
      const random = seededRandom(seed);
      const original = seeds[seed % seeds.length] as Buffer;
      const data = seed < seeds.length ? original : mutateBytes(original, seeds, random);
      await attack[way](data).catch((cause: unknown) => {
        throw new Error(`seed ${seed}: ${data.toString('latin1')}`, { cause });
      });
    }
    await attack.check();
  });
}
