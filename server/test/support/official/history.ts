import { createHash } from 'node:crypto';
import { rowsHash } from '../../../src/domain/record/rowsHash.ts';
import { figureHistory } from './historyFigures.ts';
import { floorHistory } from './historyFloor.ts';
import { recordHistory } from './historyRecord.ts';
import {
  account,
  at,
  boot,
  briefing,
  deck,
  directive,
  type History,
  keepFile,
  round,
  screen,
  seal,
} from './historyRows.ts';

/** Rows as each version wrote them. */
export const history: History = {
  ...floorHistory,
  ...figureHistory,
  ...recordHistory,
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
  '0057-people-acts.sql': async (sql) => {
    const what = { act: 'contacts.changed', unit: '10001', about: null, detail: { people: 2 } };
    await seal(sql, 'people_acts', { id: boot, at, account, ...what });
  },
  '0104-catalog-seals.sql': async (sql) => {
    const how = { version: '0104-catalog-seals.sql', format: 1, owner_role: 'o', server_role: 's' };
    const found = { differences: ['x'], fingerprint: null, parts: null, unsealed: null };
    await seal(sql, 'catalog_seals', { ...how, ...found, at, act: 'differed', why: 'found' });
  },
  '0105-people-states.sql': async (sql) => {
    await seal(sql, 'people_states', { at, kind: 'unit', id: '10001', state: { closed: null } });
  },
  '0106-round-closings.sql': async (sql) => {
    await seal(sql, 'round_closings', { round, at, refused: 0, refusals: {} });
  },
  '0037-attendance-timelines.sql': async (sql) => {
    const place = { briefing, unit: '10001' };
    const event = { ...place, boot, seq: 0, identity: '10001.a', line: 'channel', kind: 'in', at };
    await seal(sql, 'attendance_timelines', {
      ...{ briefing, events: 1, events_hash: rowsHash([event]), boots: { [boot]: at }, at },
      ...{ quality: 1, quality_hash: rowsHash([{ ...place, minute: at, boot, weak_ms: 20_000 }]) },
    });
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
  '0076-round-numbers.sql': async (sql) => {
    const asked = { label: 'Giường trống', unit: 'giường', scale: 0, min: 0, max: 99, soft_min: null, soft_max: null };
    await seal(sql, 'round_numbers', { round, ...asked, indicator: null });
    await seal(sql, 'round_number_answers', { round, seq: 1, unit: '10001', value: 12, held: false });
    await sql.query('INSERT INTO round_numbers_taken (round, seq) VALUES ($1, 1)', [round]);
  },
  '0083-figure-contacts.sql': async (sql) => {
    await sql.query(
      `INSERT INTO figure_contacts (indicator, unit, name, telephone, changed_by) VALUES ('beds', '10001', 'Trần Văn An', '024 3804 5566', $1)`,
      [account],
    );
  },
  '0081-round-selections.sql': async (sql) => {
    await seal(sql, 'round_selections', { round, selection: screen });
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
  '0120-absences.sql': async (sql) => {
    const from = { identity: '10001.a', address: '10.0.0.1', answerer: null, name: null, note: 'lũ' };
    const by = { account, account_name: 'Thủ tướng', key: boot };
    await seal(sql, 'round_entries', {
      ...{ round, unit: '10001', seq: 7, kind: 'absence', at, late: false },
      ...{ ...by, ...from },
    });
    await sql.query('UPDATE round_states SET seq = 7 WHERE round = $1', [round]);
  },
  '0108-round-dues.sql': async (sql) => {
    await seal(sql, 'round_dues', { round, version: 1, at: '2026-09-02T01:01:00+00:00' });
  },
  '0107-clock-steps.sql': async (sql) => {
    const briefings = [{ briefing, state: 'live' }];
    await seal(sql, 'clock_steps', { nr: 1, at, node: 'one', expected: at, ms: -90_000, briefings });
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
  '0100-account-news.sql': async (sql) => {
    await sql.query('INSERT INTO account_news_seen VALUES ($1, $2)', [account, at]);
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
  '0072-stewards.sql': async (sql) => {
    await sql.query(
      `INSERT INTO accounts (name, role, unit, indicators) VALUES ('Cục Khám, chữa bệnh', 'steward', 'vn', '{beds-free}')`,
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
    const row = [briefing, boot, screen, at];
    await sql.query(`INSERT INTO briefing_carriers VALUES ($1, 2, 1, 'one', $2, $4, 'two', $3, $4)`, row);
  },
  '0117-device-codes.sql': async (sql) => {
    await sql.query(
      `INSERT INTO device_codes (account, briefing, code_hash, issued_by, device, used_at) VALUES ($1, $2, '\\x03', $1, 'd', $3)`,
      [account, briefing, at],
    );
  },
  '0134-hooks.sql': async (sql) => {
    await sql.query(
      `INSERT INTO hooks (id, name, url, territory, path, events, secret, made_at, made_by)
       VALUES ($1, 'Trục văn bản', 'https://receiver.example/', '10001', 'vn.10001', '{directive.given}', 'whsec_AA==', $2, $3)`,
      [boot, at, account],
    );
    await sql.query(
      `INSERT INTO hook_deliveries (hook, event, kind, body, at, next_at) VALUES ($1, $2, 'directive.given', '{}', $3, $3)`,
      [boot, `directive-given-${directive}`, at],
    );
    await sql.query(`INSERT INTO hook_marks VALUES ('overdue', 7)`);
  },
  '0131-figure-completions.sql': async (sql) => {
    await sql.query(`INSERT INTO figure_completions VALUES ('beds', $1, 'vn', 'due', 2, 3, 7, $1)`, [at]);
  },
  '0110-node-beats.sql': async (sql) => {
    await sql.query(`INSERT INTO node_beats VALUES ($1, 'one', 7, $2)`, [boot, at]);
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
