import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Turns } from './Turns.ts';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('so much is under way at once, the rest follows in its order, and what is too much is refused', async () => {
  const turns = new Turns({ atOnce: 2, waiting: 2, full: () => new Error('full') });
  const under: { readonly nr: number; readonly end: (error?: Error) => void }[] = [];
  const work = (nr: number) => () =>
    new Promise<number>((resolve, reject) => {
      under.push({ nr, end: (error) => (error ? reject(error) : resolve(nr)) });
    });
  const [one, two, three, four, five] = [1, 2, 3, 4, 5].map((nr) => turns.take(work(nr)));
  await assert.rejects(five as Promise<number>, /full/);
  await settled();
  assert.deepEqual(
    under.map(({ nr }) => nr),
    [1, 2],
  );
  under[0]?.end(new Error('broken'));
  await assert.rejects(one as Promise<number>, /broken/);
  under[1]?.end();
  await two;
  await settled();
  assert.deepEqual(
    under.map(({ nr }) => nr),
    [1, 2, 3, 4],
  );
  for (const { end } of under) end();
  assert.deepEqual(await Promise.all([three, four]), [3, 4]);
  const six = turns.take(work(6));
  await settled();
  under[4]?.end();
  assert.equal(await six, 6);
});
