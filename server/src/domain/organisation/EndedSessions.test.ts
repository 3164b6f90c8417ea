import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EndedSessions } from './EndedSessions.ts';
import type { EndedSession } from './ports.ts';

const over = (session: string): EndedSession => ({ session, account: 'a', unit: '1', device: 'd' });

function world() {
  const asked: (string | undefined)[] = [];
  const answers: PromiseWithResolvers<{ mark: string; sessions: EndedSession[] }>[] = [];
  const ended = new EndedSessions({
    endedSince: (since) => {
      asked.push(since);
      const answer = Promise.withResolvers<{ mark: string; sessions: EndedSession[] }>();
      answers.push(answer);
      return answer.promise;
    },
  });
  const heard: string[] = [];
  const told: string[] = [];
  ended.on('ended', (sessions) => heard.push(...sessions.map(({ session }) => session)));
  ended.on('told', (sessions) => told.push(...sessions.map(({ session }) => session)));
  return { ended, asked, answers, heard, told };
}

test('SE2 an act is heard here at once, and told to other nodes; what a sweep finds is told to nobody', async () => {
  const { ended, answers, asked, heard, told } = world();
  ended.tell([over('a')]);
  ended.tell([]);
  assert.deepEqual([heard, told], [['a'], ['a']]);
  const swept = ended.sweep();
  answers[0]?.resolve({ mark: '1', sessions: [over('b')] });
  await swept;
  assert.deepEqual([heard, told], [['a', 'b'], ['a']]);
  void ended.sweep();
  assert.deepEqual(asked, [undefined, '1'], 'the next one asks from there on');
});

test('SE2 a hint asks anew, since what is being asked may be too old; a hundred hints ask once', async () => {
  const { ended, answers, asked, heard } = world();
  const first = ended.sweep();
  const hints = Promise.all(Array.from({ length: 100 }, () => ended.hint()));
  answers[0]?.resolve({ mark: '1', sessions: [] });
  await first;
  await new Promise(setImmediate);
  assert.deepEqual(asked, [undefined, '1']);
  answers[1]?.resolve({ mark: '2', sessions: [over('a')] });
  await hints;
  assert.deepEqual(heard, ['a']);
});

test('SE2 a store that is away puts nobody out, and the mark stays where it was', async () => {
  const { ended, answers, asked, heard } = world();
  const failed = ended.sweep();
  answers[0]?.reject(new Error('away'));
  await assert.rejects(failed, /away/);
  void ended.sweep();
  assert.deepEqual([asked, heard], [[undefined, undefined], []]);
});
