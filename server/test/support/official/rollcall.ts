import { randomUUID } from 'node:crypto';
import type { EntryAsk, EntryKind } from '../../../src/domain/rollcall/entryRules.ts';
import type { NewRound } from '../../../src/domain/rollcall/ports.ts';
import type { AskedNumber } from '../../../src/protocol/rollcallNumber.ts';
import { PgRefusals } from '../../../src/store/postgres/rollcall/PgRefusals.ts';
import { PgRounds } from '../../../src/store/postgres/rollcall/PgRounds.ts';
import { RoundsUnderLaw } from '../RoundsUnderLaw.ts';
import type { OfficialWorld } from './OfficialWorld.ts';

/** Rounds of a live briefing that leave something in every table of theirs. */
export async function callRolls(world: OfficialWorld): Promise<void> {
  const briefing = await world.liveBriefing();
  const rounds = new RoundsUnderLaw(new PgRounds(world.postgres), ['vn.79']);
  const by = { account: world.pm.id, name: world.pm.name };
  const wanted = (more: Partial<NewRound>): NewRound => ({
    ...{ briefing, key: randomUUID(), question: 'Có mặt chưa?', scope: ['vn'], seconds: 60, lateSeconds: 60 },
    ...{ repromptSeconds: 30, answerers: ['chair', 'substitute'], proof: 'tap', challenge: null, quorum: null, by },
    ...more,
  });
  const ask = (round: string, seat: number, kind: EntryKind, more: Partial<EntryAsk> = {}): EntryAsk => {
    const account = world.seats[seat];
    if (!account) throw new Error(`there is no seat ${seat}`);
    const from = { account: account.id, name: account.name, identity: `${account.unit}.a`, address: '10.0.0.1' };
    const rest = { answerer: null, name: null, note: null, challenge: null, received: new Date() };
    return { round, unit: account.unit, kind, key: randomUUID(), by: from, ...rest, ...more };
  };
  const { opened } = await rounds.open(
    wanted({ proof: 'challenge', challenge: '07', quorum: { tier: 'province', percent: 90 } }),
  );
  const { id } = opened.round;
  await rounds.enter(briefing, [
    ask(id, 0, 'answer', { answerer: 'chair', challenge: '07' }),
    ask(id, 1, 'answer', { answerer: 'substitute', name: 'Nguyễn Văn B', challenge: '07' }),
    ask(id, 2, 'excused', { note: 'lũ lụt' }),
  ]);
  await new PgRounds(world.postgres).reach(id, () => true);
  await rounds.extend(id, 30, by);
  await rounds.enter(briefing, [ask(id, 2, 'answer', { answerer: 'chair', challenge: '07' })]);
  await rounds.enter(briefing, [ask(id, 0, 'correction', { answerer: 'substitute', name: 'Trần C', challenge: '07' })]);
  await rounds.enter(briefing, [ask(id, 0, 'absence', { note: 'Chủ tịch đi chống bão', own: 2 })]);
  const late = { ask: ask(id, 1, 'answer', { answerer: 'chair' }), reason: 'wrong-proof' as const };
  await new PgRefusals(world.postgres).keep([late]);
  await rounds.open(wanted({}), { round: id, whom: 'all' });
  const number = {
    label: 'Giường trống',
    unit: 'giường',
    scale: 0,
    min: 0,
    max: 9_999,
    soft: [0, 900],
    indicator: null,
  };
  const asked = await rounds.open(wanted({ number: number as AskedNumber }));
  await rounds.enter(briefing, [
    ask(asked.opened.round.id, 0, 'answer', { answerer: 'chair', number: { value: 12, held: false } }),
    ask(asked.opened.round.id, 1, 'answer', { answerer: 'chair', number: { value: 9_000, held: true } }),
  ]);
}
