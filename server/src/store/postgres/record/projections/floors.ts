import { isDeepStrictEqual } from 'node:util';
import { applyChanges, emptyFloor, type FloorChange, type FloorState } from '../../../../domain/floor/FloorState.ts';
import type { Call, Seat } from '../../../../protocol/floor.ts';
import type { Sql } from '../../base/Postgres.ts';
import { type CallRow, readFloor, toCall } from '../../floor/floorRows.ts';
import { WITH_ALL } from '../../floor/writeFloor.ts';

interface Replayed {
  readonly floor: FloorState;
  /** Also those that are over. */
  readonly calls: ReadonlyMap<string, Call>;
  readonly whys: ReadonlyMap<string, string | null>;
}

/**
 * AU6: floor, queue, calls and devices of every briefing are what its acts, done again in their order, make of an empty
 * floor.
 */
export async function checkFloors(sql: Sql): Promise<readonly string[]> {
  const briefings = await sql.query<{ briefing: string }>(
    'SELECT briefing FROM floors UNION SELECT briefing FROM floor_acts ORDER BY 1',
  );
  const problems = await inexact(sql);
  for (const { briefing } of briefings) {
    if (problems.length >= 20) break;
    problems.push(...(await differences(sql, briefing)));
  }
  return problems;
}

/** Moments of the floor are whole milliseconds, and compared as such. */
const MOMENTS = {
  calls: ['ringing_at', 'deadline', 'answered_at', 'ended_at', 'seen_at'],
  floor_speakers: ['since'],
  floor_hands: ['raised_at'],
  floor_stages: ['since'],
  floor_gathers: ['back_at'],
} as const;

async function inexact(sql: Sql): Promise<string[]> {
  const problems: string[] = [];
  for (const [table, columns] of Object.entries(MOMENTS))
    for (const column of columns) {
      const rows = await sql.query(
        `SELECT briefing, ${column} AS at FROM ${table} WHERE ${column} <> date_trunc('milliseconds', ${column}) LIMIT 5`,
      );
      for (const { briefing } of rows)
        problems.push(`${table} (briefing ${briefing}): ${column} is finer than anything that an act wrote`);
    }
  return problems;
}

async function differences(sql: Sql, briefing: string): Promise<string[]> {
  const recorded = await replay(sql, briefing);
  const { floor } = await readFloor(sql, briefing, undefined);
  const calls = await sql.query<CallRow>('SELECT * FROM calls WHERE briefing = $1', [briefing]);
  const reasons = await sql.query<{ identity: string; why: string }>(
    'SELECT identity, why FROM floor_devices WHERE briefing = $1 AND why IS NOT NULL',
    [briefing],
  );
  const differs = (
    table: string,
    are: Iterable<readonly [string, unknown]>,
    were: Iterable<readonly [string, unknown]>,
  ) => {
    const [now, then] = [new Map(are), new Map(were)];
    return [...new Set([...then.keys(), ...now.keys()])]
      .filter((key) => !isDeepStrictEqual(now.get(key), then.get(key)))
      .map((key) => `${table} (briefing ${briefing}, ${key}) differs from what the acts of its floor say`);
  };
  const [seq, last] = [floor.seq, recorded.floor.seq];
  return [
    ...(seq === last ? [] : [`floors (briefing ${briefing}): seq is ${seq}, the last act has ${last}`]),
    ...differs('floor_speakers', floor.speakers.map(unmuted), recorded.floor.speakers.map(unmuted)),
    ...differs(
      'floor_hands',
      floor.hands.map((h) => [h.seat.identity, h]),
      recorded.floor.hands.map((h) => [h.seat.identity, h]),
    ),
    ...differs('floor_stages', byPath(floor.stages), byPath(recorded.floor.stages)),
    ...differs('floor_gathers', byPath(floor.gathers), byPath(recorded.floor.gathers)),
    ...differs('floor_mains', byPath(floor.mains), byPath(recorded.floor.mains)),
    ...differs(
      'calls',
      calls.map((row) => [row.id, toCall(row)]),
      recorded.calls,
    ),
    ...differs(
      'floor_devices',
      devices(floor, new Map(reasons.map((r) => [r.identity, r.why]))),
      devices(
        recorded.floor,
        new Map([...recorded.whys, ...recorded.floor.silenced.map((i) => [i, WITH_ALL] as const)]),
      ),
    ),
  ];
}

const byPath = <T extends { readonly path: string }>(things: readonly T[]): (readonly [string, T])[] =>
  things.map((thing) => [thing.path, thing]);

/** Whether a speaker is muted stands with their device. */
const unmuted = (speaker: FloorState['speakers'][number]): readonly [string, unknown] => {
  const { silenced, ...rest } = speaker;
  return [speaker.seat.identity, { ...rest, muted: false }];
};

const devices = (
  floor: FloorState,
  whys: ReadonlyMap<string, string | null>,
): readonly (readonly [string, unknown])[] =>
  [...new Set([...floor.muted, ...floor.removed, ...floor.entered.map((e) => e.identity)])].map((identity) => {
    const removed = floor.removed.includes(identity);
    return [
      identity,
      {
        ...{
          muted: floor.muted.includes(identity),
          silenced: floor.silenced.includes(identity),
          removed,
          why: whys.get(identity) ?? null,
        },
        entered: floor.entered.find((e) => e.identity === identity)?.stage ?? null,
      },
    ];
  });

/** Acts of an earlier version knew nobody at the devices. */
const withPerson = (change: FloorChange): FloorChange => {
  const known = <T extends { readonly seat: Seat }>(at: T): T => ({
    ...at,
    seat: { ...at.seat, person: at.seat.person ?? null },
  });
  if (change.kind === 'speaker') return { ...change, speaker: known(change.speaker) };
  return change.kind === 'hand' ? { ...change, hand: known(change.hand) } : change;
};

async function replay(sql: Sql, briefing: string): Promise<Replayed> {
  const acts = await sql.query<{ changes: FloorChange[] }>(
    'SELECT changes FROM floor_acts WHERE briefing = $1 ORDER BY seq',
    [briefing],
  );
  const calls = new Map<string, Call>();
  const whys = new Map<string, string | null>();
  let floor = emptyFloor(briefing);
  for (const { changes } of acts) {
    floor = applyChanges(floor, changes.map(withPerson));
    for (const change of changes) {
      if (change.kind === 'call') calls.set(change.call.id, change.call);
      if (change.kind === 'removal') whys.set(change.identity, change.why);
    }
  }
  return { floor, calls, whys };
}
