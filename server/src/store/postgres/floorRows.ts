import type { FloorState } from '../../domain/floor/FloorState.ts';
import type { Call, Hand, Place, Seat, Speaker } from '../../protocol/floor.ts';
import type { Role } from '../../protocol/organisation.ts';
import type { Sql } from './Postgres.ts';

interface SeatRow {
  identity: string;
  account: string;
  unit: string;
  path: string;
  name: string;
  role: Role;
}
interface SpeakerRow extends SeatRow {
  place: Place;
  since: Date;
  checked: boolean;
  call: string | null;
}
interface HandRow extends SeatRow {
  raised_at: Date;
}
export interface CallRow {
  id: string;
  briefing: string;
  unit: string;
  unit_name: string;
  path: string;
  state: Call['state'];
  caller_account: string;
  caller_name: string;
  caller_role: Role;
  ringing_at: Date;
  deadline: Date;
  answered_at: Date | null;
  ended_at: Date | null;
  why: string | null;
  identity: string | null;
}
interface DeviceRow {
  identity: string;
  muted: boolean;
  removed: boolean;
}

/** Reads the rows of one floor. Consistent only under its lock or in one snapshot. */
export async function readFloor(sql: Sql, briefing: string, seq: number): Promise<FloorState> {
  const id = [briefing];
  const speakers = await sql.query<SpeakerRow>('SELECT * FROM floor_speakers WHERE briefing = $1 ORDER BY nr', id);
  const hands = await sql.query<HandRow>('SELECT * FROM floor_hands WHERE briefing = $1 ORDER BY raised_at, nr', id);
  const calls = await sql.query<CallRow>(
    `SELECT * FROM calls WHERE briefing = $1 AND state IN ('ringing', 'accepted') ORDER BY ringing_at, id`,
    id,
  );
  const devices = await sql.query<DeviceRow>(
    'SELECT identity, muted, removed_at IS NOT NULL AS removed FROM floor_devices WHERE briefing = $1 ORDER BY identity',
    id,
  );
  const muted = devices.filter((d) => d.muted).map((d) => d.identity);
  return {
    briefing,
    seq,
    speakers: speakers.map((row) => toSpeaker(row, muted)),
    hands: hands.map(toHand),
    calls: calls.map(toCall),
    muted,
    removed: devices.filter((d) => d.removed).map((d) => d.identity),
  };
}

const toSeat = ({ identity, account, unit, path, name, role }: SeatRow): Seat => {
  return { identity, account, unit, path, name, role };
};

function toSpeaker(row: SpeakerRow, muted: readonly string[]): Speaker {
  const { place, checked, call } = row;
  const since = row.since.toISOString();
  return { seat: toSeat(row), place, since, muted: muted.includes(row.identity), checked, call };
}

const toHand = (row: HandRow): Hand => ({ seat: toSeat(row), raisedAt: row.raised_at.toISOString() });

export function toCall(row: CallRow): Call {
  return {
    id: row.id,
    briefing: row.briefing,
    unit: row.unit,
    unitName: row.unit_name,
    path: row.path,
    state: row.state,
    caller: { account: row.caller_account, name: row.caller_name, role: row.caller_role },
    ringingAt: row.ringing_at.toISOString(),
    deadline: row.deadline.toISOString(),
    answeredAt: row.answered_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    why: row.why,
    identity: row.identity,
  };
}
