import { randomUUID } from 'node:crypto';
import type { AttendanceLine, NewEvent, WeakMinute } from '../../server/src/domain/attendance/events.ts';
import { decideFollows } from '../../server/src/domain/directive/followGroup.ts';
import { decideIssue } from '../../server/src/domain/directive/issuing.ts';
import type { Draft, FollowAsk } from '../../server/src/domain/directive/ports.ts';
import type { EntryAsk } from '../../server/src/domain/rollcall/entryRules.ts';
import type { Unit } from '../../server/src/protocol/organisation.ts';
import { PgAttendance } from '../../server/src/store/postgres/attendance/PgAttendance.ts';
import { PgAttendanceLog } from '../../server/src/store/postgres/attendance/PgAttendanceLog.ts';
import { DatabaseClock } from '../../server/src/store/postgres/base/DatabaseClock.ts';
import type { Postgres } from '../../server/src/store/postgres/base/Postgres.ts';
import { PgBriefings } from '../../server/src/store/postgres/briefing/PgBriefings.ts';
import { PgDirectives } from '../../server/src/store/postgres/directive/PgDirectives.ts';
import { PgRounds } from '../../server/src/store/postgres/rollcall/PgRounds.ts';
import { RoundsUnderLaw } from '../../server/test/support/RoundsUnderLaw.ts';

const AT_ONCE = 500;
const ROUNDS = 3;
/** Each device comes and goes so often, on both lines. */
const STAYS = 3;
const MINUTE = 60_000;
const WORDS = 'Giao Phó Chủ tịch phụ trách văn xã chủ trì, phối hợp với công an và y tế, báo cáo trước 17 giờ.';

interface Official {
  readonly id: string;
  readonly name: string;
}

/**
 * Puts a briefing of two hours on record in which every unit was, answered, and took a directive on; it still runs, so that attendance is measured
 * from the events. @returns its id
 */
export async function recordBriefing(postgres: Postgres, units: readonly Unit[], by: Official): Promise<string> {
  const briefings = new PgBriefings(postgres);
  const { id } = await briefings.create({
    ...{ title: 'Họp toàn quốc', scheduledAt: new Date().toISOString(), stage: 'vn', scope: ['vn'] },
    ...{ expected: units.length, createdBy: by.id },
  });
  await briefings.advance({ id, epoch: 1, act: 'open', account: by.id, expected: [...units] });
  await briefings.advance({ id, epoch: 2, act: 'live', account: by.id });
  await postgres.query(
    `UPDATE briefings SET opened_at = opened_at - interval '2 h', live_at = live_at - interval '2 h' WHERE id = $1`,
    [id],
  );
  await holdRounds(postgres, id, units, by);
  await giveDirective(postgres, id, units, by);
  await attend(postgres, id, units, by);
  return id;
}

function* groups<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let i = 0; i < items.length; i += AT_ONCE) yield items.slice(i, i + AT_ONCE);
}

async function holdRounds(postgres: Postgres, briefing: string, units: readonly Unit[], by: Official): Promise<void> {
  const rounds = new RoundsUnderLaw(new PgRounds(postgres));
  for (let nr = 1; nr <= ROUNDS; nr++) {
    const { opened } = await rounds.open({
      ...{ briefing, key: randomUUID(), question: `Đã sẵn sàng cho phần ${nr} chưa?`, scope: ['vn'], seconds: 600 },
      ...{ lateSeconds: 600, repromptSeconds: null, answerers: ['chair', 'substitute'], proof: 'tap' },
      ...{ challenge: null, quorum: null, by: { account: by.id, name: by.name } },
    });
    const asks = units.map(({ code }): EntryAsk => {
      const who = { account: by.id, name: `UBND ${code}`, identity: `${code}.a`, address: '10.0.0.1' };
      const said = {
        answerer: 'substitute' as const,
        name: 'Nguyễn Thị Minh Khai',
        note: null,
        challenge: null,
        received: new Date(),
      };
      return { round: opened.round.id, unit: code, kind: 'answer', key: randomUUID(), by: who, ...said };
    });
    for (const some of groups(asks)) await rounds.enter(briefing, some);
  }
}

async function giveDirective(
  postgres: Postgres,
  briefing: string,
  units: readonly Unit[],
  by: Official,
): Promise<void> {
  const directives = new PgDirectives(postgres);
  const addressees = units.map(({ code, path, name }) => ({ unit: code, path, name, absentee: false }));
  const draft: Draft = {
    ...{ key: randomUUID(), issuer: { unit: 'vn', path: 'vn', name: 'Việt Nam' } },
    ...{ by: { account: by.id, name: by.name }, title: 'Sơ tán dân vùng trũng', text: WORDS, attachments: [] },
    ...{ addressing: { to: ['vn'], except: [] }, deadline: null, briefing, supersedes: null },
    addressees: addressees.sort((a, b) => (a.path < b.path ? -1 : 1)),
  };
  const { directive } = await directives.issue(draft, (moment) => decideIssue(draft, moment));
  const chain = await directives.chainOf(directive.id);
  if (!chain) throw new Error('the directive is not on record');
  const asks = units.map(({ code: unit }): FollowAsk => {
    const promise = { name: 'Trần Văn A', words: WORDS, promised: '2030-01-02' };
    const signer = { account: by.id, name: `UBND ${unit}` };
    return { key: randomUUID(), directive: directive.id, unit, act: 'acknowledge', by: signer, ...promise };
  });
  for (const some of groups(asks)) await directives.record(chain, some, (moment) => decideFollows(some, moment));
}

async function attend(postgres: Postgres, briefing: string, units: readonly Unit[], by: Official): Promise<void> {
  const clock = new DatabaseClock();
  await clock.measure(postgres);
  const now = clock.now().getTime();
  const log = new PgAttendanceLog(postgres);
  const boot = randomUUID();
  const sign = { boot, node: 'bench', startedAt: now - 130 * MINUTE, aliveAt: now, endedAt: now, clock: 0 };
  let seq = 0;
  const stay = (unit: string, line: AttendanceLine, nr: number): NewEvent[] => {
    const from = now - (120 - nr * 40) * MINUTE;
    const place = { boot, briefing, unit, identity: `${unit}.a`, line };
    return [
      { ...place, seq: seq++, kind: 'in', at: from },
      { ...place, seq: seq++, kind: 'out', at: from + 38 * MINUTE },
    ];
  };
  for (const some of groups(units)) {
    const events = some.flatMap(({ code }) =>
      Array.from({ length: STAYS }, (_, nr) => [...stay(code, 'channel', nr), ...stay(code, 'media', nr)]).flat(),
    );
    const minute = now - (now % MINUTE) - 10 * MINUTE;
    const weak = some.map(({ code }): WeakMinute => ({ briefing, unit: code, boot, minute, ms: 20_000 }));
    await log.record(sign, events, weak);
  }
  const store = new PgAttendance(postgres);
  await store.freezeRules({ percent: 80, lastRound: true });
  for (const { code: unit } of units.slice(0, 100)) {
    const said = { verdict: 'present' as const, reason: 'Mất điện, họp qua điện thoại', account: by.id, by: by.name };
    await store.correct({ key: randomUUID(), briefing, unit, ...said }, () => true);
  }
}
