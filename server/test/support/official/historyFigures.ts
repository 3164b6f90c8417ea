import { createHash } from 'node:crypto';
import { rowsHash } from '../../../src/domain/record/rowsHash.ts';
import { account, at, boot, briefing, deck, type History, round, screen, seal } from './historyRows.ts';

/** What versions wrote of figures. */
export const figureHistory: History = {
  '0064-figures.sql': async (sql) => {
    const by = { account, by_name: 'Thủ tướng', at };
    const beds = { code: 'beds', unit: 'giường', scale: 0 };
    await seal(sql, 'indicator_acts', { n: 1, indicator: 'beds', version: 1, definition: beds, ...by });
    await seal(sql, 'source_acts', { n: 2, source: 'moh', version: 1, definition: { code: 'moh', rank: 1 }, ...by });
    const period = '2026-09-02T00:00:00+00:00';
    const row = {
      ...{ batch: 3, indicator: 'beds', period, unit: '10001', source: 'moh', revision: 1, value: 12, status: 'A' },
      ...{ held: false, seen: null },
    };
    await sql.query('INSERT INTO observations SELECT r.* FROM jsonb_populate_record(NULL::observations, $1) r', [row]);
    await seal(sql, 'figure_batches', {
      ...{
        n: 3,
        at,
        source: 'moh',
        key: boot,
        body_hash: 'd'.repeat(64),
        mode: 'partial',
        touches: { beds: [period] },
      },
      ...{ rows: 1, held: 0, unchanged: 0, refused: 0, reason: null, by_name: 'moh', rows_hash: rowsHash([row]) },
    });
    await sql.query('UPDATE figure_counter SET n = 3, at = $1', [at]);
    await sql.query(`INSERT INTO figure_answers VALUES ('moh', $1, $2, $3, '{"n": 3}')`, [boot, 'd'.repeat(64), at]);
  },
  '0091-figure-archives.sql': async (sql) => {
    const period = '2020-01-02T17:00:00+00:00';
    const archive = { id: screen, at, month: '2020-01', grain: 'day', rows: 1, by_name: 'dh figures' };
    const pack = { archive: screen, indicator: 'beds', period, first: 3, last: 3, rows: 1, units: '10001', vals: '12' };
    const row = { ...pack, rests: '3 moh 1 A f' };
    await sql.query('INSERT INTO figure_packs SELECT r.* FROM jsonb_populate_record(NULL::figure_packs, $1) r', [row]);
    await seal(sql, 'figure_archives', {
      ...{ ...archive, act: 'archive', reopens: null, file: '2020-01-day.csv.gz', sha256: 'f'.repeat(64) },
      packs_hash: rowsHash([row]),
    });
  },
  '0073-figure-selections.sql': async (sql) => {
    const rows = ['10001', '10002'].map((unit) => {
      const path = `vn.79.${unit}`;
      return { selection: screen, unit, path, name: unit, value: 12, state: 'fresh', until: at };
    });
    await sql.query(
      'INSERT INTO figure_selection_units SELECT r.* FROM jsonb_populate_recordset(NULL::figure_selection_units, $1) r',
      [JSON.stringify(rows)],
    );
    await seal(sql, 'figure_selections', {
      ...{ id: screen, key: deck, at, indicator: 'beds', definition: { code: 'beds' }, period: at, n: 3, n_at: at },
      ...{ root: 'vn', root_path: 'vn', root_name: 'Việt Nam', rule: { is: 'at-most', value: 20 }, without: [] },
      ...{ units: 2, units_hash: rowsHash(rows), account, by_name: 'Thủ tướng', briefing },
    });
  },
  '0070-figure-acts.sql': async (sql) => {
    const period = '2026-09-02T00:00:00+00:00';
    const cell = {
      ...{ act: 4, period, value: 12, revision: 1, indicator: 'beds', unit: '10001', source: 'moh' },
    };
    await sql.query(
      'INSERT INTO figure_act_cells SELECT r.* FROM jsonb_populate_record(NULL::figure_act_cells, $1) r',
      [cell],
    );
    await seal(sql, 'figure_acts', {
      ...{ n: 4, at, act: 'contest', source: 'moh', key: boot, touches: { beds: [period] }, cells: 1, reason: null },
      ...{ account, by_name: 'Chủ tịch', by_unit: '10001', by_path: 'vn.10001', cells_hash: rowsHash([cell]) },
    });
    await sql.query('UPDATE figure_counter SET n = 4, at = $1', [at]);
  },
  '0096-figure-seen.sql': async (sql) => {
    const content = createHash('sha256').update('figures').digest('hex');
    const of = { at, act: 'selection', subject: screen, briefing, second: 60, version: 1, n: 3, content };
    await seal(sql, 'figure_seen_acts', of);
  },
  '0099-figure-stage-seconds.sql': async (sql) => {
    await seal(sql, 'figure_stage_seconds', { briefing, version: 1, second: 60 });
  },
  '0094-figure-act-bodies.sql': async (sql) => {
    await sql.query(`INSERT INTO figure_act_bodies (key, sha256) SELECT key, repeat('a', 64) FROM figure_acts LIMIT 1`);
  },
  '0067-figure-codes.sql': async (sql) => {
    await sql.query(
      `INSERT INTO figure_codes (source, kind, theirs, ours) VALUES ('moh', 'unit', 'DiszpKrYNg8', '10001')`,
    );
  },
  '0071-figure-doubts.sql': async (sql) => {
    const named = `'2026-08-30T17:00:00Z'`;
    await sql.query(`INSERT INTO figure_doubts VALUES (3, ${named}, 12, 'beds-free', '10001', 'jump')`);
    await sql.query(`INSERT INTO figure_batch_doubts VALUES (3, 'gone')`);
    await sql.query(`INSERT INTO figure_usual VALUES ('beds-free', ${named}, '{10001}', '{12}', '{1}')`);
    await sql.query(`INSERT INTO figure_words VALUES ('moh', 'cases', ${named}, 3, $1, 1)`, [at]);
  },
  '0074-figure-frames.sql': async (sql) => {
    const sha256 = (text: string) => createHash('sha256').update(text).digest();
    const list = sha256('10001');
    const words = JSON.stringify({ sources: ['moh'], by: 0, revisions: 1, values: [12], several: [] });
    const moment = '2026-09-02T00:00:00Z';
    const sum = sha256(`1 beds ${Date.parse(moment)} 3 ${list.toString('hex')}\n${words}`);
    await sql.query(`INSERT INTO figure_frame_units VALUES ($1, '10001')`, [list]);
    await sql.query(
      'INSERT INTO figure_frames (indicator, period, format, n, made, units, words, sha256) VALUES ($1, $2, 1, 3, $3, $4, $5, $6)',
      ['beds', moment, at, list, words, sum],
    );
  },
  '0077-unit-successors.sql': async (sql) => {
    await sql.query(`INSERT INTO unit_successors (unit, successor, share) VALUES ('10001', 'vn', 2)`);
  },
  '0065-figure-keys.sql': async (sql) => {
    await sql.query(`INSERT INTO figure_keys (hash, source, made) VALUES (sha256('key'), 'moh', $1)`, [at]);
  },
  '0130-figure-readers.sql': async (sql) => {
    await sql.query(
      `INSERT INTO figure_readers (hash, code, name, root, indicators, until, made, made_by)
       VALUES (sha256('reader'), 'gso', 'GSO', 'vn', '{beds}', $1, $1, 'dh figures')`,
      [at],
    );
  },
  '0082-figure-entries.sql': async (sql) => {
    const said = [{ indicator: 'beds', period: '2026-09-02T00:00:00.000Z', value: 12, held: false, fresh: true }];
    await seal(sql, 'figure_entries', {
      ...{ n: 3, at, source: 'moh', unit: '10001', path: 'vn.10001', key: boot, said, reason: null, account },
      ...{ account_name: 'Chủ tịch', identity: '10001.a', person: null },
    });
  },
  '0095-figure-borders.sql': async (sql) => {
    await sql.query(`INSERT INTO figure_borders (units, drawn, sha256) VALUES (0, '{}', sha256('{}'))`);
  },
  '0089-wall-layouts.sql': async (sql) => {
    await sql.query(`UPDATE screens SET layout = 'map'`);
  },
  '0088-figure-pulls.sql': async (sql) => {
    await sql.query(
      `INSERT INTO figure_pulls (source, asks, next_at, came) VALUES ('gso', $1, $2, '{"is": "not-modified"}')`,
      ['e'.repeat(64), at],
    );
  },
  '0123-asked-rounds.sql': async (sql) => {
    await sql.query('UPDATE round_numbers_taken SET shared = false WHERE round = $1', [round]);
  },
  '0079-figure-stage.sql': async (sql) => {
    const content = createHash('sha256').update('figures').digest('hex');
    await sql.query(`INSERT INTO figure_stage_bytes VALUES ($1, 'figures')`, [content]);
    const what = { indicator: 'beds', root: 'vn', depth: 'provinces', view: 'map', period: at, n: 3, mark: null };
    const facts = { briefing, at, n: 3, account, by_name: 'Thủ tướng' };
    await seal(sql, 'figure_stage_acts', { ...facts, version: 1, act: 'show', what, content });
    await seal(sql, 'figure_stage_acts', { ...facts, version: 2, act: 'clear', what: null, content });
  },
};
