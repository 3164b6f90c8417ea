import { randomUUID } from 'node:crypto';
import { decideQuestions, type QuestionAsk } from '../../../src/domain/question/decide.ts';
import type { Account } from '../../../src/protocol/organisation.ts';
import { PgQuestions } from '../../../src/store/postgres/question/PgQuestions.ts';
import type { OfficialWorld } from './OfficialWorld.ts';

/** A question is asked, passed up, joined with another, and answered in writing. */
export async function askQuestions(world: OfficialWorld): Promise<void> {
  const briefing = await world.liveBriefing();
  const store = new PgQuestions(world.postgres);
  const from = ({ id, name, unit, role }: (typeof world.seats)[number]): QuestionAsk['by'] => {
    const { path, name: unitName } = world.units.get(unit);
    const account: Account = { id, name, role, unit: { code: unit, path, name: unitName } } as Account;
    const person = { name: 'Nguyễn Văn A', title: 'Chủ tịch' };
    return { account, identity: `${unit}.a`, address: '10.0.0.1', person };
  };
  const run = async (...asks: QuestionAsk[]) => {
    for (const outcome of await store.record(briefing, asks, (moment) => decideQuestions(asks, moment)))
      if ('error' in outcome) throw outcome.error;
  };
  const [one, two] = world.seats;
  if (!one || !two) throw new Error('there are no seats');
  const [first, second] = [randomUUID(), randomUUID()];
  await run(
    { act: 'ask', by: from(one), key: first, text: 'Bao giờ có vắc-xin?' },
    { act: 'ask', by: from(two), key: second, text: 'Vắc-xin khi nào về xã?' },
  );
  const by = from(world.moderator);
  const key = randomUUID;
  await run({ act: 'decide', by, key: key(), questions: [first], decision: { act: 'pass' } });
  await run({ act: 'decide', by, key: key(), questions: [second], decision: { act: 'join', into: first } });
  const pm = from(world.pm);
  await run({
    act: 'decide',
    by: pm,
    key: key(),
    questions: [first],
    decision: { act: 'write', words: 'Trong tháng này.' },
  });
}
