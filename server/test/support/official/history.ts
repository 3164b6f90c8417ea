import { createHash } from 'node:crypto';
import { type Hash, MerkleTree } from '../../../src/domain/record/merkle.ts';
import { rowsHash } from '../../../src/domain/record/rowsHash.ts';
import { NO_SEAL, type RecordRow, recordHash, type Seal, sealHash } from '../../../src/domain/record/seal.ts';
import type { Sql } from '../../../src/store/postgres/base/Postgres.ts';
import { lostAnswer } from './resubmission.ts';

const account = '11111111-1111-4111-8111-111111111111';
const briefing = '22222222-2222-4222-8222-222222222222';
const round = '44444444-4444-4444-8444-444444444444';
const boot = '66666666-6666-4666-8666-666666666666';
const screen = '88888888-8888-4888-8888-888888888888';
const deck = '77777777-7777-4777-8777-777777777777';
const directive = '55555555-5555-4555-8555-555555555555';
const at = '2026-09-02T01:00:00.123456+00:00';
const chain = `briefing:${briefing}`;

/** Rows as each version wrote them, in SQL that stays as it is when the program goes on: migration -> what it let a server record. */
export const history: Readonly<Record<string, (sql: Sql) => Promise<void>>> = {
  '0001-organisation.sql': async (sql) => {
    await sql.query(
      `INSERT INTO tiers (id, rank, name, name_en) VALUES ('nation', 0, 'Trung ương', 'Nation'), ('commune', 1, 'Xã', 'Commune')`,
    );
    await sql.query(`INSERT INTO units (code) VALUES ('vn'), ('10001')`);
    await sql.query(
      `INSERT INTO unit_versions (code, valid_from, parent, path, tier, name) VALUES
         ('vn', '2020-01-01', NULL, 'vn', 'nation', 'Việt Nam'), ('10001', '2020-01-01', 'vn', 'vn.10001', 'commune', 'Phường Một')`,
    );
    await sql.query('UPDATE roster_version SET version = 7');
    await sql.query(`INSERT INTO unit_lists (name, owner) VALUES ('Cả nước', 'vn')`);
    await sql.query(`INSERT INTO unit_list_members VALUES ('Cả nước', 'vn')`);
  },
  '0002-accounts.sql': async (sql) => {
    await sql.query(`INSERT INTO accounts (id, name, role, unit) VALUES ($1, 'Thủ tướng', 'principal', 'vn')`, [
      account,
    ]);
    await sql.query(`INSERT INTO credentials (account, login, hash) VALUES ($1, 'pm', '$argon2id$x')`, [account]);
    await sql.query(`INSERT INTO links (account, secret_hash) VALUES ($1, '\\x01')`, [account]);
    await sql.query(
      `INSERT INTO sessions (id, secret_hash, account, device, expires_at) VALUES ('s', '\\x02', $1, 'd', 'infinity')`,
      [account],
    );
  },
  '0003-briefings.sql': async (sql) => {
    await sql.query(
      `INSERT INTO briefings (id, title, state, stage, scope, scheduled_at, opened_at, live_at, epoch, expected, created_by)
       VALUES ($1, 'Họp', 'live', 'vn', '{vn}', $3, $3, $3, 3, 1, $2)`,
      [briefing, account, at],
    );
    await sql.query(
      `INSERT INTO briefing_acts (briefing, epoch, act, account, at) VALUES ($1, 1, 'schedule', $2, $3), ($1, 2, 'open', $2, $3), ($1, 3, 'live', $2, $3)`,
      [briefing, account, at],
    );
    await sql.query(`INSERT INTO briefing_expected VALUES ($1, '10001', 'vn.10001')`, [briefing]);
  },
  '0010-floor.sql': async (sql) => {
    const muted = JSON.stringify([{ kind: 'mute', identity: '10001.a', muted: true }]);
    const device = { account, path: 'vn.10001', unit: '10001', name: 'UBND', role: 'seat' };
    const seen = { place: 'stage', since: '2026-01-01T00:00:00.000Z', muted: false, checked: true, call: null };
    const speaker = { seat: { identity: '10001.b', ...device }, ...seen };
    const spoke = JSON.stringify([{ kind: 'speaker', speaker }]);
    await sql.query('INSERT INTO floors (briefing, seq) VALUES ($1, 2)', [briefing]);
    await sql.query(
      `INSERT INTO floor_speakers (briefing, identity, account, unit, path, name, role, place, since, checked)
       VALUES ($1, '10001.b', $2, '10001', 'vn.10001', 'UBND', 'seat', 'stage', $3, true)`,
      [briefing, account, seen.since],
    );
    await sql.query(
      `INSERT INTO floor_acts (briefing, seq, at, act, account, identity, changes) VALUES ($1, 2, $3, 'promote', $2, '10001.b', $4)`,
      [briefing, account, at, spoke],
    );
    await sql.query(`INSERT INTO floor_devices (briefing, identity, muted) VALUES ($1, '10001.a', true)`, [briefing]);
    await sql.query(
      `INSERT INTO floor_acts (briefing, seq, at, act, account, identity, changes) VALUES ($1, 1, $3, 'mute', $2, '10001.a', $4)`,
      [briefing, account, at, muted],
    );
  },
  '0011-presence.sql': async (sql) => {
    await sql.query(`INSERT INTO presence_seen VALUES ($1, '10001', $2, $2, true, true)`, [briefing, at]);
    await sql.query('INSERT INTO presence_boards VALUES ($1, $2)', [briefing, at]);
  },
  '0021-rollcall.sql': async (sql) => {
    const asked = `{"path":"vn.10001","round":"${round}","unit":"10001"}\n`;
    await seal(sql, 'rounds', {
      ...{ id: round, briefing, nr: 1, key: account, question: 'Có mặt?', scope: ['vn'], expected: 1, reopens: null },
      ...{ units_hash: createHash('sha256').update(asked).digest('hex'), at, deadline: '2026-09-02T01:01:00+00:00' },
      ...{ late_until: '2026-09-02T01:02:00+00:00', reprompt_seconds: 30, answerers: ['chair'], proof: 'tap' },
      ...{
        challenge: null,
        quorum_tier: null,
        quorum_percent: null,
        quorum_units: null,
        account,
        account_name: 'Thủ tướng',
      },
    });
    await sql.query(`INSERT INTO round_units VALUES ($1, '10001', 'vn.10001')`, [round]);
    await sql.query(
      `INSERT INTO round_states (round, briefing, version, deadline, late_until, seq) SELECT id, briefing, 1, deadline, late_until, 0 FROM rounds`,
    );
  },
  '0022-directive.sql': async (sql) => {
    await keepFile(sql, 'a'.repeat(64));
    const told = `{"absentee":false,"directive":"${directive}","name":"Phường Một","path":"vn.10001","unit":"10001"}\n`;
    await seal(sql, 'directives', {
      ...{
        id: directive,
        key: account,
        issuer: 'vn',
        issuer_path: 'vn',
        issuer_name: 'Việt Nam',
        year: 2026,
        number: 1,
      },
      ...{ account, by_name: 'Thủ tướng', title: 'Chống bão', text: 'Di dời dân.', attachments: [] },
      ...{ addressing: { to: ['vn'], except: [] }, addressees: 1, deadline: null, issued_at: at, briefing, second: 5 },
      ...{ addressees_hash: createHash('sha256').update(told).digest('hex'), supersedes: null },
    });
    await sql.query(`INSERT INTO directive_addressees VALUES ($1, '10001', 'vn.10001', 'Phường Một', false)`, [
      directive,
    ]);
    await sql.query(
      `INSERT INTO directive_follows (directive, unit, path, absentee) VALUES ($1, '10001', 'vn.10001', false)`,
      [directive],
    );
    await sql.query(`INSERT INTO directive_numbers VALUES ('vn', 2026, 1)`);
  },
  '0023-attendance.sql': async (sql) => {
    const said = { verdict: 'excused', reason: 'mất điện', account, by: 'Thủ tướng', at };
    await seal(sql, 'attendance_corrections', { key: account, briefing, unit: '10001', ...said });
    await sql.query('INSERT INTO attendance_rules VALUES ($1, 80, true)', [briefing]);
    await sql.query(`INSERT INTO attendance_boots VALUES ($1, 'one', $2, $2, $2)`, [boot, at]);
    await sql.query(`INSERT INTO attendance_events VALUES ($1, 0, $2, '10001', '10001.a', 'channel', 'in', $3)`, [
      boot,
      briefing,
      at,
    ]);
    await sql.query(`INSERT INTO attendance_quality VALUES ($1, '10001', $2, $3, 20000)`, [briefing, at, boot]);
  },
  '0027-installation.sql': async (sql) => {
    await sql.query(`INSERT INTO installation (kind, made_at) VALUES ('real', $1)`, [at]);
  },
  '0028-out.sql': async (sql) => {
    await sql.query(`INSERT INTO briefing_keys (id, secret) VALUES ('k', sha256('k'))`);
  },
  '0030-round-keys.sql': async (sql) => {
    await sql.query('INSERT INTO round_keys (round, key, version) VALUES ($1, $2, 2)', [round, account]);
  },
  '0033-known-devices.sql': async (sql) => {
    await sql.query(`INSERT INTO known_devices (account, device) VALUES ($1, 'browser')`, [account]);
  },
  '0035-corrections.sql': async (sql) => {
    const entry = { ...{ round, unit: '10001', at, late: false, account, account_name: 'Thủ tướng' } };
    const from = { identity: '10001.a', address: '10.0.0.1', name: null, note: null };
    for (const [i, kind] of ['official', 'answer', 'correction', 'confirm', 'correction', 'confirm'].entries()) {
      const answerer = kind === 'answer' || kind === 'correction' ? 'chair' : null;
      const key = `${i}${account.slice(1)}`;
      await seal(sql, 'round_entries', { ...entry, ...from, seq: i + 1, kind, key, answerer });
    }
    await sql.query('UPDATE round_states SET seq = 6 WHERE round = $1', [round]);
  },
  '0036-refusals.sql': async (sql) => {
    await sql.query(
      `INSERT INTO round_refusals VALUES ('10001', $1, $2, 'too-late', 'answer', 'chair', NULL, $2, 'Chủ tịch', '10001.a', '10.0.0.1', $3, $3, 1)`,
      [round, account, at],
    );
  },
  '0039-restores.sql': async (sql) => {
    const backup = { backup_at: at, backup_sha256: 'c'.repeat(64) };
    await seal(sql, 'restores', { id: boot, at, ...backup, seals: 0, numbers: 0 });
  },
  '0041-programme.sql': async (sql) => {
    const layout = { kind: 'card', text: 'Nghỉ giải lao' };
    await seal(sql, 'programme_acts', { briefing, seq: 1, at, act: 'programme.set', account, layout, content: null });
  },
  '0049-agenda-acts.sql': async (sql) => {
    const item = { nr: 1, title: 'Khai mạc', minutes: 5 };
    await seal(sql, 'agenda_acts', { briefing, seq: 2, at, act: 'programme.item', account, item });
  },
  '0059-resubmissions.sql': async (sql) => {
    const receipt = lostAnswer({ id: account, name: 'Chủ tịch', unit: '10001' });
    const { round: about, unit, key, at: then } = receipt.record as Record<'round' | 'unit' | 'key' | 'at', string>;
    const what = { about, unit, path: 'vn.79.10001', key, kind: 'answer', original_at: then, at };
    const by = { account, account_name: 'Chủ tịch', identity: '10001.a', address: '10.0.0.1' };
    await seal(sql, 'resubmissions', { ...what, ...by, fate: 'gone', restore: boot, receipt: receipt as RecordRow });
    await sql.query(
      `INSERT INTO resubmission_claims VALUES ($1, $2, 'vn.79.10001', $3, 'answer', 'unstamped', $4, '{}', $4, 1, $5, 'Chủ tịch', '10001.a', '10.0.0.1')`,
      [about, unit, key, at, account],
    );
  },
  '0057-people-acts.sql': async (sql) => {
    const what = { act: 'contacts.changed', unit: '10001', about: null, detail: { people: 2 } };
    await seal(sql, 'people_acts', { id: boot, at, account, ...what });
  },
  '0037-attendance-timelines.sql': async (sql) => {
    const place = { briefing, unit: '10001' };
    const event = { ...place, boot, seq: 0, identity: '10001.a', line: 'channel', kind: 'in', at };
    await seal(sql, 'attendance_timelines', {
      ...{ briefing, events: 1, events_hash: rowsHash([event]), boots: { [boot]: at }, at },
      ...{ quality: 1, quality_hash: rowsHash([{ ...place, minute: at, boot, weak_ms: 20_000 }]) },
    });
  },
  '0048-call-seen.sql': async (sql) => {
    const id = '77777777-7777-4777-8777-777777777777';
    const moment = '2026-09-02T01:00:00.000Z';
    await sql.query(
      `INSERT INTO calls (id, briefing, unit, unit_name, path, state, caller_account, caller_name, caller_role,
         ringing_at, deadline, ended_at, seen_at, seen_by, seen_name)
       VALUES ($1, $2, '10001', 'Phường Một', 'vn.10001', 'not-connected', $3, 'Thủ tướng', 'principal',
         $4, '2026-09-02T01:00:01Z', $4, $4, '10001.a', 'Chủ tịch')`,
      [id, briefing, account, moment],
    );
    const call = {
      ...{ id, briefing, unit: '10001', unitName: 'Phường Một', path: 'vn.10001', state: 'not-connected' },
      ...{ caller: { account, name: 'Thủ tướng', role: 'principal' }, ringingAt: moment },
      ...{ deadline: '2026-09-02T01:00:01.000Z', answeredAt: null, endedAt: moment, why: null, identity: null },
      seen: { at: moment, identity: '10001.a', name: 'Chủ tịch' },
    };
    await seal(sql, 'floor_acts', {
      ...{ briefing, seq: 4, at, act: 'call.seen', account, identity: '10001.a', unit: null, call: id },
      changes: [{ kind: 'call', call }],
    });
    await sql.query('UPDATE floors SET seq = 4 WHERE briefing = $1', [briefing]);
  },
  '0052-schedules.sql': async (sql) => {
    const notice = { kind: 'moved', reason: 'Bão', at, from: at };
    const plan = { title: 'Họp', stage: 'vn', scope: ['vn'], scheduledAt: at, expected: 1, language: 'vi' };
    const facts = {
      ...plan,
      agenda: [{ title: 'Khai mạc', minutes: 5 }],
      producers: [account],
      rehearsal: false,
      notice,
    };
    await seal(sql, 'briefing_acts', { briefing, epoch: 4, act: 'change', account, at, facts, expected_hash: null });
    await sql.query('UPDATE briefings SET epoch = 4, agenda = $2, producers = $3, notice = $4 WHERE id = $1', [
      ...[briefing, JSON.stringify(facts.agenda), [account], notice],
    ]);
  },
  '0047-equipment.sql': async (sql) => {
    const equipment = { camera: 'missing', microphone: 'ready' };
    const seat = { identity: '10001.b', account, unit: '10001', path: 'vn.10001', name: 'Chủ tịch', role: 'seat' };
    await sql.query(
      `INSERT INTO floor_hands (briefing, identity, account, unit, path, name, role, equipment, raised_at)
       VALUES ($1, '10001.b', $2, '10001', 'vn.10001', 'Chủ tịch', 'seat', $3, '2026-09-02T01:00:00Z')`,
      [briefing, account, JSON.stringify(equipment)],
    );
    const hand = { seat: { ...seat, equipment }, raisedAt: '2026-09-02T01:00:00.000Z' };
    await seal(sql, 'floor_acts', {
      ...{ briefing, seq: 3, at, act: 'hand.raise', account, identity: '10001.b', unit: null, call: null },
      changes: [{ kind: 'hand', hand }],
    });
    await sql.query('UPDATE floors SET seq = 3 WHERE briefing = $1', [briefing]);
  },
  '0062-stages.sql': async (sql) => {
    const stage = { unit: '10001', path: 'vn.10001', name: 'Phường 10001', since: '2026-09-02T01:00:00.000Z' };
    await sql.query('INSERT INTO floor_stages (briefing, path, unit, name, since) VALUES ($1, $2, $3, $4, $5)', [
      ...[briefing, stage.path, stage.unit, stage.name, stage.since],
    ]);
    await sql.query(`INSERT INTO floor_mains VALUES ($1, 'vn.10001', 'vn.10001')`, [briefing]);
    await seal(sql, 'floor_acts', {
      ...{ briefing, seq: 5, at, act: 'stage.open', account, identity: '10001.a', unit: '10001', call: null },
      changes: [
        { kind: 'stage', stage },
        { kind: 'main', path: 'vn.10001', stage: 'vn.10001' },
      ],
    });
    await sql.query('UPDATE floors SET seq = 5 WHERE briefing = $1', [briefing]);
  },
  '0063-gathers.sql': async (sql) => {
    const gather = { path: 'vn', eyes: true, backAt: '2026-09-02T01:00:10.000Z' };
    await sql.query('INSERT INTO floor_gathers VALUES ($1, $2, $3, $4)', [
      ...[briefing, gather.path, gather.eyes, gather.backAt],
    ]);
    await seal(sql, 'floor_acts', {
      ...{ briefing, seq: 6, at, act: 'stage.back', account, identity: '10001.a', unit: 'vn', call: null },
      changes: [{ kind: 'gather', gather }],
    });
    await sql.query('UPDATE floors SET seq = 6 WHERE briefing = $1', [briefing]);
  },
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
  '0067-figure-codes.sql': async (sql) => {
    await sql.query(
      `INSERT INTO figure_codes (source, kind, theirs, ours) VALUES ('moh', 'unit', 'DiszpKrYNg8', '10001')`,
    );
  },
  '0077-unit-successors.sql': async (sql) => {
    await sql.query(`INSERT INTO unit_successors (unit, successor, share) VALUES ('10001', 'vn', 2)`);
  },
  '0065-figure-keys.sql': async (sql) => {
    await sql.query(`INSERT INTO figure_keys (hash, source, made) VALUES (sha256('key'), 'moh', $1)`, [at]);
  },
  '0071-figure-doubts.sql': async (sql) => {
    const named = `'2026-08-30T17:00:00Z'`;
    await sql.query(`INSERT INTO figure_doubts VALUES (3, ${named}, 12, 'beds-free', '10001', 'jump')`);
    await sql.query(`INSERT INTO figure_batch_doubts VALUES (3, 'gone')`);
    await sql.query(`INSERT INTO figure_usual VALUES ('beds-free', ${named}, '{10001}', '{12}', '{1}')`);
    await sql.query(`INSERT INTO figure_words VALUES ('moh', 'cases', ${named}, 3, $1, 1)`, [at]);
  },
  '0082-figure-entries.sql': async (sql) => {
    const said = [{ indicator: 'beds', period: '2026-09-02T00:00:00.000Z', value: 12, held: false, fresh: true }];
    await seal(sql, 'figure_entries', {
      ...{ n: 3, at, source: 'moh', unit: '10001', path: 'vn.10001', key: boot, said, reason: null, account },
      ...{ account_name: 'Chủ tịch', identity: '10001.a', person: null },
    });
  },
  '0079-figure-stage.sql': async (sql) => {
    const content = createHash('sha256').update('figures').digest('hex');
    await sql.query(`INSERT INTO figure_stage_bytes VALUES ($1, 'figures')`, [content]);
    const what = { indicator: 'beds', root: 'vn', depth: 'provinces', view: 'map', period: at, n: 3, mark: null };
    const facts = { briefing, at, n: 3, account, by_name: 'Thủ tướng' };
    await seal(sql, 'figure_stage_acts', { ...facts, version: 1, act: 'show', what, content });
    await seal(sql, 'figure_stage_acts', { ...facts, version: 2, act: 'clear', what: null, content });
  },
  '0069-visits.sql': async (sql) => {
    const seat = { identity: '10001.b', account, path: 'vn.10001', unit: '10001', name: 'UBND', role: 'seat' };
    const seen = { place: 'stage', since: '2026-01-01T00:00:00.000Z', muted: false, checked: true, call: null };
    const visitor = { seat: { ...seat, person: null }, ...seen, stage: 'vn.10001', home: null };
    await sql.query(`UPDATE floor_speakers SET stage = 'vn.10001', home = '' WHERE briefing = $1`, [briefing]);
    await seal(sql, 'floor_acts', {
      ...{ briefing, seq: 7, at, act: 'stage.visit', account, identity: '10001.a', unit: '10001', call: null },
      changes: [{ kind: 'speaker', speaker: visitor }],
    });
    await sql.query('UPDATE floors SET seq = 7 WHERE briefing = $1', [briefing]);
  },
  '0076-round-numbers.sql': async (sql) => {
    const asked = { label: 'Giường trống', unit: 'giường', scale: 0, min: 0, max: 99, soft_min: null, soft_max: null };
    await seal(sql, 'round_numbers', { round, ...asked, indicator: null });
    await seal(sql, 'round_number_answers', { round, seq: 1, unit: '10001', value: 12, held: false });
    await sql.query('INSERT INTO round_numbers_taken (round, seq) VALUES ($1, 1)', [round]);
  },
  '0053-device-checks.sql': async (sql) => {
    await sql.query(
      `INSERT INTO device_checks VALUES ('10001', 'd', $1, $2, true, true, true, false, 900, NULL, 'Chrome 130')`,
      [account, at],
    );
  },
  '0054-invitations.sql': async (sql) => {
    const by = { account, by_name: 'Thủ tướng', at };
    await seal(sql, 'invitations', { id: boot, briefing, territory: 'vn', links: 'all', units: 1, issued: 1, ...by });
  },
  '0055-node-events.sql': async (sql) => {
    await sql.query(
      `INSERT INTO node_events (at, kind, node, boot, detail, briefing, epoch) VALUES
         ($1, 'came', 'one', $2, '0.1.0', NULL, NULL), ($1, 'carries', 'one', $2, NULL, $3, 1)`,
      [at, boot, briefing],
    );
  },
  '0029-uploads.sql': async (sql) => {
    await keepFile(sql, 'b'.repeat(64));
    await sql.query('INSERT INTO attachment_uploads (sha256, account) VALUES ($1, $2)', ['b'.repeat(64), account]);
  },
  '0045-screens.sql': async (sql) => {
    await sql.query(`INSERT INTO accounts (id, name, role, unit) VALUES ($1, 'Màn hình hội trường', 'screen', 'vn')`, [
      screen,
    ]);
    await sql.query(
      `INSERT INTO screens (id, secret_hash, account, paired_by, paired_at, until) VALUES ($1, '\\x03', $1, $2, $3, 'infinity')`,
      [screen, account, at],
    );
  },
  '0060-questions.sql': async (sql) => {
    const by = { account, account_name: 'Chủ tịch', identity: '10001.a', address: '10.0.0.1' };
    await seal(sql, 'question_acts', {
      ...{ briefing, seq: 1, question: boot, key: boot, act: 'ask', at, unit: '10001', path: 'vn.10001' },
      ...{ words: 'Bao giờ?', desk: 'vn', chosen: false, joined: null, person: { name: 'A', title: '' }, ...by },
    });
  },
  '0061-carriers.sql': async (sql) => {
    await sql.query(`INSERT INTO briefing_carriers VALUES ($1, 2, 1, 'one', $2, $4, 'two', $3, $4)`, [
      briefing,
      boot,
      screen,
      at,
    ]);
  },
  '0044-slides.sql': async (sql) => {
    const page = createHash('sha256').update('page').digest('hex');
    const source = 'c'.repeat(64);
    await sql.query(`INSERT INTO slide_images (sha256, type, size, uploaded_by) VALUES ($1, 'image/webp', 4, $2)`, [
      page,
      account,
    ]);
    await sql.query(`INSERT INTO slide_image_bytes VALUES ($1, 'page')`, [page]);
    await sql.query(
      `INSERT INTO slide_decks (id, briefing, source, title, size, created_by, shown) VALUES ($1, $2, $3, 'Số liệu', 1, $4, true)`,
      [deck, briefing, source, account],
    );
    await sql.query(`INSERT INTO slide_pages VALUES ($1, 1, $2, $2, 1920, 1080, 'Trang một')`, [deck, page]);
    await sql.query(`INSERT INTO slide_shows VALUES ($1, 2, NULL, NULL, '[]')`, [briefing]);
    const facts = { briefing, at, deck, title: 'Số liệu', source, images: [page], account, by_name: 'Thủ tướng' };
    await seal(sql, 'slide_acts', { ...facts, seq: 1, act: 'show', turns: [] });
    await seal(sql, 'slide_acts', { ...facts, seq: 2, act: 'end', turns: [{ page: 1, at }] });
  },
};

const keepFile = (sql: Sql, sha256: string) =>
  sql.query(`INSERT INTO attachments (sha256, type, size, uploaded_by) VALUES ($1, 'text/plain', 1, $2)`, [
    sha256,
    account,
  ]);

const bytes = (hash: Hash): Buffer => Buffer.from(hash, 'hex');

/** One row under a seal of its own, as it was sealed before seals named their rows. */
async function seal(sql: Sql, table: string, row: RecordRow): Promise<void> {
  await sql.query('INSERT INTO chains (id, hash) VALUES ($1, $2) ON CONFLICT DO NOTHING', [chain, bytes(NO_SEAL)]);
  const [last] = await sql.query<{ nr: string; hash: Hash }>(
    "SELECT nr, encode(hash, 'hex') AS hash FROM chains WHERE id = $1",
    [chain],
  );
  if (!last) throw new Error('the chain is not there');
  const nr = Number(last.nr) + 1;
  const [written] = await sql.query<{ row: RecordRow }>(
    `INSERT INTO ${table} AS t SELECT r.* FROM jsonb_populate_record(NULL::${table}, $1) r RETURNING to_jsonb(t) AS row`,
    [{ ...row, chain, seal: nr, leaf: 0 }],
  );
  if (!written) throw new Error('the row was not written');
  const { root } = new MerkleTree([recordHash(table, written.row)]);
  const made: Seal = { chain, nr, previous: last.hash, root, leaves: 1, at };
  const hash = sealHash(made);
  await sql.query(
    'INSERT INTO seals (chain, nr, previous, root, leaves, at, hash) VALUES ($1, $2, $3, $4, 1, $5, $6)',
    [chain, nr, bytes(last.hash), bytes(root), at, bytes(hash)],
  );
  await sql.query('UPDATE chains SET nr = $2, hash = $3 WHERE id = $1', [chain, nr, bytes(hash)]);
}
