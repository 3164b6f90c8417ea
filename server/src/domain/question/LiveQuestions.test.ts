import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../../../test/support/until.ts';
import type { QuestionAct } from './facts.ts';
import { LiveQuestions } from './LiveQuestions.ts';

const ask = (seq: number): QuestionAct => ({
  ...{ briefing: 'b', seq, question: `q${seq}`, key: `q${seq}`, act: 'ask', at: new Date(0), unit: '1', path: 'vn.1' },
  ...{ words: '?', desk: 'vn', chosen: false, joined: null, account: 'a', by: 'a', identity: '1.a', address: '::1' },
  person: null,
});

test('QU13 MN7 what is asked for as it is on record has what was committed before, though a reading was under way', async () => {
  const record = [ask(1)];
  const snapshots: (() => void)[] = [];
  const live = new LiveQuestions({
    marks: async () => [],
    // As a statement does: it sees what was there when it began, and ends later.
    since: async (_, seq) => {
      const seen = record.filter((act) => act.seq > seq);
      await new Promise<void>((resolve) => snapshots.push(resolve));
      return seen;
    },
  });
  const reading = (nr: number) => until(`reading ${nr} is under way`, () => snapshots.length === nr);
  const early = live.fresh('b');
  await reading(1);
  record.push(ask(2));
  const late = [live.fresh('b'), live.fresh('b')];
  snapshots[0]?.();
  assert.equal((await early).seq, 1);
  await reading(2);
  snapshots[1]?.();
  assert.deepEqual(
    (await Promise.all(late)).map(({ seq }) => seq),
    [2, 2],
  );
  assert.equal(snapshots.length, 2, 'who comes meanwhile shares one reading');
});
