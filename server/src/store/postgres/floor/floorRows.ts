import type { FloorState, Main } from '../../../domain/floor/FloorState.ts';
import type { Equipment } from '../../../protocol/equipment.ts';
import type { Call, Hand, Place, Seat, Speaker } from '../../../protocol/floor.ts';
import type { Role } from '../../../protocol/organisation.ts';
import type { Person } from '../../../protocol/person.ts';
import type { Sql } from '../base/Postgres.ts';
import { WITH_ALL } from './writeFloor.ts';

/** A column by itself is a Date, one inside JSON a text. */
type Moment = Date | string;
const iso = (moment: Moment): string => new Date(moment).toISOString();

interface SeatRow {
  identity: string;
  account: string;
  unit: string;
  path: string;
  name: string;
  role: Role;
  equipment: Equipment | null;
  person: Person | null;
}
interface SpeakerRow extends SeatRow {
  place: Place;
  since: Moment;
  checked: boolean;
  call: string | null;
  stage: string | null;
  /** null: no visit; empty: on one, from no stage. */
  home: string | null;
  invited: Speaker['invited'] | null;
  timer: Speaker['timer'] | null;
}
interface HandRow extends SeatRow {
  raised_at: Moment;
  stage: string | null;
}
interface GatherRow {
  path: string;
  eyes: boolean;
  back_at: Moment | null;
}
interface StageRow {
  path: string;
  unit: string;
  name: string;
  since: Moment;
  by: string | null;
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
  ringing_at: Moment;
  deadline: Moment;
  answered_at: Moment | null;
  ended_at: Moment | null;
  why: string | null;
  identity: string | null;
  seen_at: Moment | null;
  seen_by: string | null;
  seen_name: string | null;
  stage: string | null;
  selection: string | null;
}
interface DeviceRow {
  identity: string;
  muted: boolean;
  removed: boolean;
  why: string | null;
  entered: string | null;
}

/** Rows as JSON: moments are texts. */
interface FloorRow {
  now: Date;
  seq: string | null;
  speakers: SpeakerRow[];
  hands: HandRow[];
  calls: CallRow[];
  devices: DeviceRow[];
  stages: StageRow[];
  mains: Main[];
  gathers: GatherRow[];
  call: CallRow | null;
}

/** One statement, so that it sees one snapshot and costs one round trip, however much stands on the floor. */
const READ = `SELECT date_trunc('milliseconds', clock_timestamp()) AS now,
  (SELECT seq FROM floors WHERE briefing = $1) AS seq,
  (SELECT coalesce(jsonb_agg(to_jsonb(s) ORDER BY s.nr), '[]') FROM floor_speakers s WHERE s.briefing = $1) AS speakers,
  (SELECT coalesce(jsonb_agg(to_jsonb(h) ORDER BY h.raised_at, h.nr), '[]') FROM floor_hands h WHERE h.briefing = $1) AS hands,
  (SELECT coalesce(jsonb_agg(to_jsonb(c) ORDER BY c.ringing_at, c.id), '[]') FROM calls c
    WHERE c.briefing = $1 AND c.state IN ('ringing', 'accepted')) AS calls,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('identity', d.identity, 'muted', d.muted, 'removed', d.removed_at IS NOT NULL, 'why', d.why, 'entered', d.entered)
    ORDER BY d.identity), '[]') FROM floor_devices d WHERE d.briefing = $1) AS devices,
  (SELECT coalesce(jsonb_agg(to_jsonb(s) ORDER BY s.nr), '[]') FROM floor_stages s WHERE s.briefing = $1) AS stages,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('path', m.path, 'stage', m.stage) ORDER BY m.path), '[]')
    FROM floor_mains m WHERE m.briefing = $1) AS mains,
  (SELECT coalesce(jsonb_agg(to_jsonb(g) ORDER BY g.path), '[]') FROM floor_gathers g WHERE g.briefing = $1) AS gathers,
  (SELECT to_jsonb(c) FROM calls c WHERE c.briefing = $1 AND c.id = $2) AS call`;

/** The floor as it stands, the time, and one call of the briefing whatever became of it. */
export async function readFloor(sql: Sql, briefing: string, call: string | undefined) {
  const [row] = await sql.query<FloorRow>(READ, [briefing, call ?? null]);
  if (!row) throw new Error('PostgreSQL answered a question about nothing with nothing');
  const muted = row.devices.filter((d) => d.muted).map((d) => d.identity);
  const silenced = row.devices.filter((d) => d.muted && !d.removed && d.why === WITH_ALL).map((d) => d.identity);
  const floor: FloorState = {
    briefing,
    seq: Number(row.seq ?? 0),
    speakers: row.speakers.map((speaker) => toSpeaker(speaker, muted, silenced)),
    hands: row.hands.map(toHand),
    calls: row.calls.map(toCall),
    muted,
    silenced,
    removed: row.devices.filter((d) => d.removed).map((d) => d.identity),
    stages: row.stages.map(({ path, unit, name, since, by }) => {
      return { path, unit, name, since: iso(since), ...(by !== null && { by }) };
    }),
    mains: row.mains,
    gathers: row.gathers.map(({ path, eyes, back_at: at }) => ({ path, eyes, backAt: at && iso(at) })),
    entered: row.devices.flatMap(({ identity, entered }) => (entered === null ? [] : [{ identity, stage: entered }])),
  };
  return { floor, now: row.now, call: row.call ? toCall(row.call) : undefined };
}

const toSeat = ({ identity, account, unit, path, name, role, equipment, person }: SeatRow): Seat => {
  return { identity, account, unit, path, name, role, person, ...(equipment && { equipment }) };
};

function toSpeaker(row: SpeakerRow, muted: readonly string[], silenced: readonly string[]): Speaker {
  const { place, checked, call } = row;
  const since = iso(row.since);
  const at = {
    ...onStage(row),
    ...(row.home !== null && { home: row.home || null }),
    ...(row.invited && { invited: row.invited }),
    ...(row.timer && { timer: row.timer }),
    ...(silenced.includes(row.identity) && { silenced: true as const }),
  };
  return { seat: toSeat(row), place, since, muted: muted.includes(row.identity), checked, call, ...at };
}

const toHand = (row: HandRow): Hand => ({ seat: toSeat(row), raisedAt: iso(row.raised_at), ...onStage(row) });

const onStage = ({ stage }: { stage: string | null }): { stage?: string } => (stage === null ? {} : { stage });

export function toCall(row: CallRow): Call {
  return {
    id: row.id,
    briefing: row.briefing,
    unit: row.unit,
    unitName: row.unit_name,
    path: row.path,
    state: row.state,
    caller: { account: row.caller_account, name: row.caller_name, role: row.caller_role },
    ringingAt: iso(row.ringing_at),
    deadline: iso(row.deadline),
    answeredAt: row.answered_at && iso(row.answered_at),
    endedAt: row.ended_at && iso(row.ended_at),
    why: row.why,
    identity: row.identity,
    ...onStage(row),
    ...seenOf(row),
    ...(row.selection !== null && { selection: row.selection }),
  };
}

/** All three or none; a row that was tampered with says what it has, so that it differs from the record. */
function seenOf({ seen_at: at, seen_by: identity, seen_name: name }: CallRow): Pick<Call, 'seen'> {
  if (at === null && identity === null && name === null) return {};
  return { seen: { at: at === null ? '' : iso(at), identity: identity ?? '', name: name ?? '' } };
}
