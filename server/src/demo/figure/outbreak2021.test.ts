import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Dice } from './Dice.ts';
import { OutbreakCountry } from './OutbreakCountry.ts';
import { casesOfLastDay, OUTBREAK_DAYS, printedDays } from './outbreakAnchors.ts';
import { outbreakDays } from './outbreakDays.ts';
import { reportersOfDemo } from './reporters.ts';
import { smallCountry } from './smallCountry.ts';

const SEEDS = Array.from({ length: 5 }, (_, i) => i + 1);
const sum = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0);

test('the provinces of the last day have together what was printed for the country', () => {
  const last = printedDays.at(-1);
  assert.equal(Object.keys(casesOfLastDay).length, 42);
  assert.equal(sum(Object.values(casesOfLastDay)), (last?.cases ?? 0) - (last?.imported ?? 0));
});

test('every printed day is as it was printed, whatever the seed, and totals add up', () => {
  for (const seed of SEEDS) {
    const days = outbreakDays(new Dice(seed, 'days'));
    assert.equal(days.length, OUTBREAK_DAYS);
    for (const { day, cases, earlier, total } of printedDays) {
      const told = days[day - 1];
      if (cases !== undefined) assert.equal(told?.cases, cases);
      if (total !== undefined) assert.equal(told?.total, total);
      assert.equal(told?.earlier, earlier?.cases ?? 0);
    }
    for (const [i, { cases, earlier, total }] of days.entries())
      if (i > 0) assert.equal(total, (days[i - 1]?.total ?? 0) + cases + earlier);
  }
});

test('the units of a province have together what it has, and the provinces what the country has', () => {
  for (const seed of SEEDS) {
    const country = new OutbreakCountry({ seed, reporters: smallCountry });
    for (let day = 0; day < OUTBREAK_DAYS; day++) {
      const { cases, imported } = country.printed(day);
      const told = country.cases(day);
      assert.equal(sum(told), cases - imported);
      for (const [province, share] of country.provinces(day))
        assert.equal(sum(told.filter((_, i) => smallCountry[i]?.province === province)), share);
    }
    assert.deepEqual(Object.fromEntries(country.provinces(OUTBREAK_DAYS - 1)), casesOfLastDay);
  }
});

test('the total of no unit falls, and that of the country is the printed one without those from abroad', () => {
  for (const seed of SEEDS) {
    const country = new OutbreakCountry({ seed, reporters: smallCountry });
    let before = smallCountry.map(() => 0);
    for (const [day, total] of [...country.totals()].entries()) {
      assert.ok(total.every((each, i) => each >= (before[i] as number)));
      assert.equal(sum(total), country.printed(day).total - country.printed(day).imported);
      before = total;
    }
  }
});

test('what was found later is added to five days before, in Bình Dương alone', () => {
  const country = new OutbreakCountry({ seed: 3, reporters: smallCountry });
  const added = country.addedLater(20);
  assert.deepEqual(
    added.map(({ day }) => day),
    [15, 16, 17, 18, 19],
  );
  assert.equal(sum(added.map(({ cases }) => sum(cases))), 2_118);
  for (const { cases } of added) assert.ok(cases.every((each, i) => each === 0 || smallCountry[i]?.province === '74'));
  assert.deepEqual(country.addedLater(19), []);
});

test('in the whole country every unit without units below reports, and nobody has a case in Hoàng Sa', async () => {
  const reporters = await reportersOfDemo();
  assert.equal(reporters.length, 10_056);
  assert.equal(new Set(reporters.map(({ province }) => province)).size, 63);
  const cases = new OutbreakCountry({ seed: 1, reporters }).cases(OUTBREAK_DAYS - 1);
  assert.equal(sum(cases), 12_591);
  assert.equal(cases[reporters.findIndex(({ code }) => code === '498')], 0);
});

test('in the country since July 2025 merged provinces have together what theirs had, and the newspaper differs by as much', async () => {
  const reporters = await reportersOfDemo('34');
  assert.equal(reporters.length, 3_321);
  const country = new OutbreakCountry({ seed: 1, reporters });
  const cases = country.cases(OUTBREAK_DAYS - 1);
  assert.equal(sum(cases), 12_591);
  const of = (province: string) => sum(cases.filter((_, i) => reporters[i]?.province === province));
  // Hồ Chí Minh City with Bình Dương and Bà Rịa – Vũng Tàu; Vĩnh Long with Bến Tre and Trà Vinh.
  assert.deepEqual([of('79'), of('86')], [5_444 + 4_530 + 64, 7 + 13 + 14]);
  assert.deepEqual(country.printedIn.disputed, { province: '86', cases: 7 + 13 + 4 });
  for (const { cases: added } of country.addedLater(20))
    assert.ok(added.every((each, i) => each === 0 || reporters[i]?.province === '79'));
  assert.equal(cases[reporters.findIndex(({ code }) => code === '20333')], 0);
});
