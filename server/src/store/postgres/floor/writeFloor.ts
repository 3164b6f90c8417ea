import { type FloorChange, type Gather, isGathering } from '../../../domain/floor/FloorState.ts';
import { assertNever } from '../../../lib/assertNever.ts';
import type { Call, Seat } from '../../../protocol/floor.ts';
import type { Sql } from '../base/Postgres.ts';

const seatValues = ({ identity, account, unit, path, name, role, equipment, person }: Seat) => [
  ...[identity, account, unit, path, name, role],
  equipment ? JSON.stringify(equipment) : null,
  person && JSON.stringify(person),
];

/** `why` of a device that was muted with all others (FL36). */
export const WITH_ALL = 'all';

/** Writes one change of a floor whose row is locked. */
export async function writeChange(sql: Sql, briefing: string, change: FloorChange, now: Date): Promise<void> {
  switch (change.kind) {
    case 'speaker': {
      const { seat, place, since, checked, call, stage, home, invited, timer } = change.speaker;
      await sql.query(
        `INSERT INTO floor_speakers (briefing, identity, account, unit, path, name, role, equipment, person,
           place, since, checked, call, stage, home, invited, timer)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
         ON CONFLICT (briefing, identity) DO UPDATE SET account = EXCLUDED.account, unit = EXCLUDED.unit, path = EXCLUDED.path,
           name = EXCLUDED.name, role = EXCLUDED.role, equipment = EXCLUDED.equipment, person = EXCLUDED.person,
           place = EXCLUDED.place, since = EXCLUDED.since,
           checked = EXCLUDED.checked, call = EXCLUDED.call, stage = EXCLUDED.stage, home = EXCLUDED.home,
           invited = EXCLUDED.invited, timer = EXCLUDED.timer`,
        [
          briefing,
          ...seatValues(seat),
          place,
          since,
          checked,
          call,
          stage ?? null,
          home === undefined ? null : (home ?? ''),
          invited ? JSON.stringify(invited) : null,
          timer ? JSON.stringify(timer) : null,
        ],
      );
      return;
    }
    case 'speaker-off':
      await sql.query('DELETE FROM floor_speakers WHERE briefing = $1 AND identity = $2', [briefing, change.identity]);
      return;
    case 'hand':
      await sql.query(
        `INSERT INTO floor_hands (briefing, identity, account, unit, path, name, role, equipment, person, raised_at, stage)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         ON CONFLICT (briefing, identity) DO UPDATE SET equipment = EXCLUDED.equipment`,
        [briefing, ...seatValues(change.hand.seat), change.hand.raisedAt, change.hand.stage ?? null],
      );
      return;
    case 'hand-down':
      await sql.query('DELETE FROM floor_hands WHERE briefing = $1 AND identity = $2', [briefing, change.identity]);
      return;
    case 'call':
      await writeCall(sql, change.call);
      return;
    case 'mute':
      await sql.query(
        `INSERT INTO floor_devices (briefing, identity, muted, why) VALUES ($1, $2, $3, $4)
         ON CONFLICT (briefing, identity) DO UPDATE SET muted = EXCLUDED.muted,
           why = CASE WHEN floor_devices.removed_at IS NULL THEN EXCLUDED.why ELSE floor_devices.why END`,
        [briefing, change.identity, change.muted, change.muted && change.all ? WITH_ALL : null],
      );
      return;
    case 'removal':
      await sql.query(
        `INSERT INTO floor_devices (briefing, identity, removed_at, why) VALUES ($1, $2, $3, $4)
         ON CONFLICT (briefing, identity) DO UPDATE SET removed_at = EXCLUDED.removed_at, why = EXCLUDED.why`,
        [briefing, change.identity, now, change.why],
      );
      return;
    case 'stage': {
      const { path, unit, name, since, by = null } = change.stage;
      await sql.query(
        'INSERT INTO floor_stages (briefing, path, unit, name, since, by) VALUES ($1, $2, $3, $4, $5, $6)',
        [briefing, path, unit, name, since, by],
      );
      return;
    }
    case 'stage-off':
      await sql.query('DELETE FROM floor_stages WHERE briefing = $1 AND path = $2', [briefing, change.path]);
      return;
    case 'main':
      await writeMain(sql, briefing, change);
      return;
    case 'gather':
      await writeGather(sql, briefing, change.gather);
      return;
    case 'entered':
      await sql.query(
        `INSERT INTO floor_devices (briefing, identity, entered) VALUES ($1, $2, $3)
         ON CONFLICT (briefing, identity) DO UPDATE SET entered = EXCLUDED.entered`,
        [briefing, change.identity, change.stage],
      );
      return;
    default:
      assertNever(change);
  }
}

async function writeMain(
  sql: Sql,
  briefing: string,
  { path, stage }: Extract<FloorChange, { readonly kind: 'main' }>,
): Promise<void> {
  if (stage === null) {
    await sql.query('DELETE FROM floor_mains WHERE briefing = $1 AND path = $2', [briefing, path]);
    return;
  }
  await sql.query(
    `INSERT INTO floor_mains (briefing, path, stage) VALUES ($1, $2, $3)
     ON CONFLICT (briefing, path) DO UPDATE SET stage = EXCLUDED.stage`,
    [briefing, path, stage],
  );
}

async function writeGather(sql: Sql, briefing: string, gather: Gather): Promise<void> {
  const { path, eyes, backAt } = gather;
  if (!isGathering(gather)) {
    await sql.query('DELETE FROM floor_gathers WHERE briefing = $1 AND path = $2', [briefing, path]);
    return;
  }
  await sql.query(
    `INSERT INTO floor_gathers (briefing, path, eyes, back_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (briefing, path) DO UPDATE SET eyes = EXCLUDED.eyes, back_at = EXCLUDED.back_at`,
    [briefing, path, eyes, backAt],
  );
}

async function writeCall(sql: Sql, call: Call): Promise<void> {
  const { caller } = call;
  await sql.query(
    `INSERT INTO calls (id, briefing, unit, unit_name, path, state, caller_account, caller_name, caller_role,
       ringing_at, deadline, answered_at, ended_at, why, identity, seen_at, seen_by, seen_name, stage, selection)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
     ON CONFLICT (id) DO UPDATE SET state = EXCLUDED.state, answered_at = EXCLUDED.answered_at,
       ended_at = EXCLUDED.ended_at, why = EXCLUDED.why, identity = EXCLUDED.identity,
       seen_at = EXCLUDED.seen_at, seen_by = EXCLUDED.seen_by, seen_name = EXCLUDED.seen_name`,
    [
      call.id,
      call.briefing,
      call.unit,
      call.unitName,
      call.path,
      call.state,
      caller.account,
      caller.name,
      caller.role,
      call.ringingAt,
      call.deadline,
      call.answeredAt,
      call.endedAt,
      call.why,
      call.identity,
      call.seen?.at ?? null,
      call.seen?.identity ?? null,
      call.seen?.name ?? null,
      call.stage ?? null,
      call.selection ?? null,
    ],
  );
}
