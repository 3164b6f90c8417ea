import { randomUUID } from 'node:crypto';
import type { MeasuredRow } from '../../../src/domain/attendance/ports.ts';
import { PgAttendance } from '../../../src/store/postgres/attendance/PgAttendance.ts';
import { PgAttendanceLog } from '../../../src/store/postgres/attendance/PgAttendanceLog.ts';
import type { OfficialWorld } from './OfficialWorld.ts';

const FROM = Date.UTC(2026, 8, 2, 1);

/** A briefing that is over, what was seen of it, its sheet, and what an official said of one unit. */
export async function keepAttendance(world: OfficialWorld): Promise<void> {
  const briefing = await world.liveBriefing();
  const store = new PgAttendance(world.postgres);
  const rule = { percent: 80, lastRound: true };
  await store.freezeRules(rule);
  const boot = randomUUID();
  const now = Date.now();
  const sign = { boot, node: 'one', startedAt: now, aliveAt: now, endedAt: now, clock: 0 };
  const seen = { boot, briefing, unit: '10001', identity: '10001.a', line: 'channel' as const };
  await new PgAttendanceLog(world.postgres).record(
    sign,
    [
      { ...seen, seq: 0, kind: 'in', at: now },
      { ...seen, seq: 1, kind: 'out', at: now + 1 },
    ],
    [{ briefing, unit: '10001', boot, minute: 60_000, ms: 20_000 }],
  );
  await world.briefings.advance({ id: briefing, epoch: 3, act: 'close', account: world.pm.id });
  const rows = world.units.index.baseUnits(['vn']).map(({ code, path, name }, i): MeasuredRow => {
    const there = { firstIn: FROM, lastOut: FROM + 60_000, seconds: 60, liveSeconds: 60, share: 100, devices: 1 };
    const never = { firstIn: null, lastOut: null, seconds: 0, liveSeconds: 0, share: 0, devices: 0 };
    const rest = { quality: i === 0 ? 98 : null, answered: i === 0 ? true : null };
    return { unit: code, path, name, ...(i === 2 ? never : there), ...rest, verdict: i === 2 ? 'absent' : 'present' };
  });
  await store.seal(briefing, rule, 60, rows);
  const official = { account: world.moderator.id, by: world.moderator.name };
  const reason = 'mất điện, đã báo qua điện thoại';
  await store.correct(
    { key: randomUUID(), briefing, unit: '10003', verdict: 'excused', reason, ...official },
    () => true,
  );
}
