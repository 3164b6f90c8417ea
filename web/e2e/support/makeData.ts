import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { figuresNow } from './madeData.ts';
import { Server } from './Server.ts';

/**
 * Once, before all stories that one command tells: the first start of a demo takes more than half of what some of them take, and its figures take a
 * core for as long again. Whoever gives a folder, `E2E_DATA`, gives it to the next command too; figures are made for those alone, since they are
 * for many stories.
 * @returns what takes the data away again
 */
export default async function makeData(): Promise<() => Promise<void>> {
  const given = process.env.E2E_DATA;
  const place = given ?? (await mkdtemp(join(tmpdir(), 'dh-e2e-data-')));
  process.env.E2E_DATA = place;
  if (!existsSync(join(place, 'plain'))) {
    await rename(await Server.leaveData(), join(place, 'plain'));
    if (given) {
      const told = { DEMO_FIGURES: 'on', LOG_LEVEL: 'info' };
      await rename(await Server.leaveData(told, 'the figures of the demo are there'), join(place, figuresNow()));
    }
  }
  return async () => {
    if (given === undefined) await rm(place, { recursive: true, force: true });
  };
}
