import type { RecordRow } from '../../../domain/record/seal.ts';
import type { Sql } from '../base/Postgres.ts';
import type { Snapshot } from '../base/Snapshot.ts';
import { rowsOfBatch } from '../figure/archive/rowsOfBatch.ts';
import { batchesSince } from '../figure/counter.ts';
import { checkBriefings } from './projections/briefings.ts';
import { checkFollows, checkNumbers } from './projections/directives.ts';
import { checkFigures, checkFrames } from './projections/figures.ts';
import { checkFloors } from './projections/floors.ts';
import { checkPeople } from './projections/people.ts';
import { checkRefusals } from './projections/refusals.ts';
import { checkResubmissions } from './projections/resubmissions.ts';
import { checkRounds } from './projections/rounds.ts';

/**
 * A table of the record: append-only, with the columns chain, seal and leaf, and the trigger `record_stays`. Its
 * columns never change.
 */
export interface OfficialTable {
  readonly table: string;
  /** AU4: rows of other tables for which a row of this one vouches. */
  readonly covers?: readonly CoveredRows[];
  /** AU5: SHA-256 names of the contents that a row speaks of; they must be there, and be what their name says. */
  readonly contents?: (row: RecordRow) => readonly string[];
}

/** `column` of the official row (text, hexadecimal; null: covers nothing) is `coveredHash` of rows of `table`. */
export interface CoveredRows {
  readonly column: string;
  readonly table: string;
  /** Which rows: column of `table` -> column of the official row. */
  readonly by: Readonly<Record<string, string>>;
  /** Their order: columns of `table`; numbers, moments, UUIDs or text COLLATE "C". */
  readonly order: readonly string[];
  /** They are written before the row that vouches for them, so those of nobody are no fault. */
  readonly growsBefore?: boolean;
  /** Of an official row, where they are not in that table alone. @param since FG111: nobody asks for those of an earlier one */
  readonly read?: (snapshot: Snapshot, row: RecordRow, since?: string) => AsyncIterable<RecordRow>;
  /** FG111: so many that those which were vouched for long ago are not read each time. */
  readonly isBulk?: boolean;
  /** FG111: rows `t` that an official row since the moment $1 could vouch for; without it, all. */
  readonly near?: string;
}

/** AU5: bytes that are kept under their own hash. */
export interface ContentTable {
  readonly table: string;
  /** Text column with the SHA-256 of the bytes, hexadecimal. */
  readonly name: string;
  /** The bytea column. */
  readonly bytes: string;
}

/** AU6: current states that follow from the record. */
export interface Projection {
  readonly tables: readonly string[];
  /**
   * Columns of them (`table.column`) that say nothing that the record would know: order of insertion, names for
   * display.
   */
  readonly free?: readonly string[];
  /**
   * Recomputes it and says, one sentence each with table and key, what differs; at most some twenty.
   * @param since FG111
   */
  check(sql: Sql, since?: string): Promise<readonly string[]>;
}

/** Every official table. Whoever adds one by a migration adds it here; a test compares this list with the database. */
export const officialTables: readonly OfficialTable[] = [
  {
    table: 'briefing_acts',
    covers: [{ column: 'expected_hash', table: 'briefing_expected', by: { briefing: 'briefing' }, order: ['path'] }],
  },
  { table: 'floor_acts' },
  { table: 'programme_acts' },
  { table: 'agenda_acts' },
  {
    table: 'rounds',
    covers: [{ column: 'units_hash', table: 'round_units', by: { round: 'id' }, order: ['unit'] }],
  },
  { table: 'round_acts' },
  { table: 'round_dues' },
  { table: 'round_entries' },
  { table: 'round_numbers' },
  { table: 'round_number_answers' },
  { table: 'round_selections' },
  {
    table: 'directives',
    covers: [{ column: 'addressees_hash', table: 'directive_addressees', by: { directive: 'id' }, order: ['path'] }],
    contents: (row) => (row.attachments as { sha256: string }[]).map(({ sha256 }) => sha256),
  },
  { table: 'directive_acts' },
  { table: 'directive_ends' },
  { table: 'attendance_corrections' },
  { table: 'question_acts' },
  { table: 'slide_acts', contents: (row) => row.images as string[] },
  {
    table: 'attendance_sheets',
    covers: [{ column: 'sha256', table: 'attendance_rows', by: { briefing: 'briefing' }, order: ['nr'] }],
  },
  { table: 'invitations' },
  { table: 'restores' },
  { table: 'clock_steps' },
  { table: 'catalog_seals' },
  { table: 'resubmissions' },
  { table: 'people_acts' },
  { table: 'people_states' },
  { table: 'round_closings' },
  { table: 'indicator_acts' },
  { table: 'source_acts' },
  { table: 'figure_entries' },
  {
    table: 'figure_batches',
    covers: [
      {
        ...{ column: 'rows_hash', table: 'observations', by: { batch: 'n' }, order: ['indicator', 'period', 'unit'] },
        ...{ read: rowsOfBatch, isBulk: true, near: `t.batch >= ${batchesSince('$1')}` },
      },
    ],
  },
  {
    table: 'figure_archives',
    covers: [
      {
        ...{ column: 'packs_hash', table: 'figure_packs', by: { archive: 'id' }, order: ['indicator', 'period'] },
        isBulk: true,
      },
    ],
  },
  { table: 'figure_stage_acts', contents: (row) => (row.content === null ? [] : [row.content as string]) },
  { table: 'figure_stage_seconds' },
  { table: 'figure_seen_acts', contents: (row) => [row.content as string] },
  {
    table: 'figure_selections',
    covers: [{ column: 'units_hash', table: 'figure_selection_units', by: { selection: 'id' }, order: ['path'] }],
  },
  {
    table: 'figure_acts',
    covers: [
      { column: 'cells_hash', table: 'figure_act_cells', by: { act: 'n' }, order: ['indicator', 'period', 'unit'] },
    ],
  },
  {
    table: 'attendance_timelines',
    covers: [
      {
        ...{ column: 'events_hash', table: 'attendance_events', by: { briefing: 'briefing' } },
        ...{ order: ['boot', 'seq'], growsBefore: true },
      },
      {
        ...{ column: 'quality_hash', table: 'attendance_quality', by: { briefing: 'briefing' } },
        ...{ order: ['unit', 'minute', 'boot'], growsBefore: true },
      },
    ],
  },
];

export const contentTables: readonly ContentTable[] = [
  { table: 'attachment_bytes', name: 'sha256', bytes: 'bytes' },
  { table: 'slide_image_bytes', name: 'sha256', bytes: 'bytes' },
  { table: 'figure_stage_bytes', name: 'sha256', bytes: 'bytes' },
];

export const projections: readonly Projection[] = [
  { tables: ['briefings'], free: ['briefings.created_at'], check: checkBriefings },
  {
    tables: [
      'floors',
      'floor_speakers',
      'floor_hands',
      'floor_devices',
      'floor_stages',
      'floor_mains',
      'floor_gathers',
      'calls',
    ],
    free: ['floor_speakers.nr', 'floor_hands.nr', 'floor_stages.nr', 'floor_devices.removed_at'],
    check: checkFloors,
  },
  { tables: ['round_states'], check: checkRounds },
  {
    tables: ['round_refusals'],
    free: ['round_refusals.last_at', 'round_refusals.times'],
    check: checkRefusals,
  },
  { tables: ['accounts', 'units', 'unit_versions'], free: ['accounts.created_at'], check: checkPeople },
  { tables: ['directive_follows'], check: checkFollows },
  { tables: ['directive_numbers'], check: checkNumbers },
  { tables: ['resubmissions'], check: checkResubmissions },
  { tables: ['figure_counter'], check: checkFigures },
  {
    tables: ['figure_frames', 'figure_frame_units'],
    free: ['figure_frames.format', 'figure_frames.made'],
    check: checkFrames,
  },
];
