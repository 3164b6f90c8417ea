import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { Units } from '../../../src/domain/organisation/Units.ts';
import type { FigureRow } from '../../../src/protocol/figureBatch.ts';
import { Postgres } from '../../../src/store/postgres/base/Postgres.ts';
import { PgFigureDefinitions } from '../../../src/store/postgres/figure/PgFigureDefinitions.ts';
import { PgFigureIntake } from '../../../src/store/postgres/figure/PgFigureIntake.ts';
import { PgUnits } from '../../../src/store/postgres/organisation/PgUnits.ts';
import { noNamespaces } from '../../support/Namespace.ts';
import { freeBeds, ministry } from '../../support/official/figure.ts';
import { until } from '../../support/until.ts';
import { goodStretch, type Received, receivedOf } from './stretch.ts';
import { WholeServer } from './WholeServer.ts';

const skip = noNamespaces();
const PATIENCE = { timeout: 60_000 };

/** A value of every unit of the country that reports. @returns how many there are */
async function sendCountry(databaseUrl: string): Promise<number> {
  const postgres = await Postgres.create(databaseUrl, () => undefined, 2);
  try {
    const units = await Units.create(new PgUnits(postgres));
    const definitions = new PgFigureDefinitions(postgres);
    const by = { account: null, name: 'dh figures' };
    await definitions.putIndicator(freeBeds, by);
    await definitions.putSource(ministry, by);
    const row = { indicator: freeBeds.code, period: new Date().toISOString() };
    const rows = units.index
      .baseUnits(['vn'])
      .map(({ code }, i): FigureRow => ({ ...row, row: i + 1, unit: code, value: `${(i * 37) % 90}` }));
    const ask = { key: randomUUID(), mode: 'whole', dryRun: false, bodyHash: 'a'.repeat(64), by: 'Bộ Y tế' } as const;
    await new PgFigureIntake(postgres).take({ ...ask, source: ministry, rows }, units.index);
    return rows.length;
  } finally {
    await postgres.close();
  }
}

/** Runs in the page: keeps when the provinces of a staging could be read, and when its units by name. */
const keepReads = `
  globalThis.reads = [];
  setInterval(() => {
    // By borders what has no room for its number says its rank.
    const written = '.stage :is(.staged-tile .staged-value, .staged-place .staged-value, .staged-place.rank)';
    const values = [...document.querySelectorAll(written)].filter((one) => one.textContent);
    const total = document.querySelector('.stage .staged-total strong')?.textContent;
    const named = document.querySelector('.stage .staged-map:not(.by-borders) canvas.staged-cells');
    const now = !total || values.length < 60 || document.fonts.status !== 'loaded' ? 'nothing' : named ? 'communes' : 'provinces';
    if (reads.at(-1)?.what !== now) reads.push({ what: now, at: Date.now() });
  }, 10);`;
const readsOf = (page: Page) => page.evaluate<{ what: string; at: number }[]>('reads');
const reads = (page: Page, what: string, since: number): Promise<{ at: number }> =>
  until(
    `${what} on the stage are read`,
    async () => (await readsOf(page)).find((read) => read.what === what && read.at >= since),
    60_000,
  );

/** Share of the sound that the player made up in between, in words. */
const madeUp = (before: Received, after: Received): string => {
  const samples = after.audio.samples - before.audio.samples;
  return `${((100 * (after.audio.concealed - before.audio.concealed)) / Math.max(1, samples)).toFixed(1)} % of the sound made up`;
};

test('FG24 FG25 FG65 on 300 kbit/s, 2 % of loss and 150 ms, figures on the stage are read, by province and by name, also by who comes late, and the sound goes on', {
  skip: skip ?? false,
  timeout: 400_000,
}, async (t) => {
  const world = await WholeServer.open(t);
  const count = await sendCountry(world.server.stores.databaseUrl);
  const pm = await world.page(world.near);
  const commune = await world.page(world.far);
  await commune.addInitScript({ content: keepReads });
  await commune.setViewportSize({ width: 1366, height: 768 });
  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first();
  await world.onPoorLine(pm, commune, PATIENCE);
  await pm.getByRole('tab', { name: 'Số liệu' }).click(PATIENCE);
  await pm.locator('.figure-card').first().click(PATIENCE);
  const fetched: Promise<string>[] = [];
  commune.on('requestfinished', (request) => {
    const name = new URL(request.url()).pathname.split('/').at(-1) ?? '';
    fetched.push(
      request.sizes().then(({ responseBodySize: size }) => `${name.slice(0, 24)} ${Math.round(size / 100) / 10} kB`),
    );
  });
  const fetchedNow = async () => (await Promise.all(fetched.splice(0))).join(', ') || 'nothing';
  await goodStretch(t, () => receivedOf(commune));
  const isThere = `performance.getEntriesByType('resource').some(({ name }) => /StagedView.*\\.js$/.test(name))`;
  await until('what draws figures came before any are shown', () => commune.evaluate<boolean>(isThere), 60_000);
  await fetchedNow();
  const quiet = await receivedOf(commune);
  await sleep(5_000);
  t.diagnostic(`before: ${madeUp(quiet, await receivedOf(commune))}`);

  let before = await receivedOf(commune);
  let pressed = Date.now();
  await button(pm, 'Chiếu số liệu').click(PATIENCE);
  const first = await reads(commune, 'provinces', pressed);
  t.diagnostic(
    `provinces are read ${first.at - pressed} ms after the press; ${madeUp(before, await receivedOf(commune))}`,
  );
  t.diagnostic(`fetched for it: ${await fetchedNow()}`);

  await button(pm, 'Ngừng chiếu').click(PATIENCE);
  await reads(commune, 'nothing', first.at);
  await pm.getByLabel(/^Chiếu tên từng đơn vị/).check(PATIENCE);
  await button(pm, 'Chiếu số liệu').click(PATIENCE);
  before = await receivedOf(commune);
  pressed = Date.now();
  await pm
    .getByRole('dialog')
    .getByRole('button', { name: /^Chiếu [\d.]+ đơn vị/ })
    .click(PATIENCE);
  const sums = await reads(commune, 'provinces', pressed);
  const named = await reads(commune, 'communes', pressed);
  t.diagnostic(
    `of ${count} units by name, provinces are read after ${sums.at - pressed} ms, units after ${named.at - pressed} ms`,
  );
  t.diagnostic(`fetched for it: ${await fetchedNow()}; ${madeUp(before, await receivedOf(commune))}`);
  assert.ok(sums.at <= named.at, 'provinces stand there until units are known');

  await commune.reload({ ...PATIENCE, waitUntil: 'commit' });
  const came = Date.now();
  await button(commune, 'Vào phòng họp').click(PATIENCE);
  const entered = Date.now();
  const late = await reads(commune, 'provinces', came);
  const lateNamed = await reads(commune, 'communes', came);
  t.diagnostic(
    `who comes late reads provinces ${late.at - entered} ms and units ${lateNamed.at - entered} ms after their press, which came ` +
      `${entered - came} ms after the page began`,
  );
  await goodStretch(t, () => receivedOf(commune));
});
