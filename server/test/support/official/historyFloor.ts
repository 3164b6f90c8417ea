import { account, at, briefing, type History, seal } from './historyRows.ts';

/** What versions wrote of who is on the stage. */
export const floorHistory: History = {
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
  '0115-air-invitations.sql': async (sql) => {
    const seat = { identity: '10001.c', account, path: 'vn.10001', unit: '10001', name: 'UBND', role: 'seat' };
    const green = { place: 'green', since: '2026-01-01T00:00:00.000Z', muted: false, checked: false, call: null };
    const invited = { by: 'Thủ tướng', at: '2026-01-01T00:00:00.000Z', declined: false };
    await sql.query(
      `INSERT INTO floor_speakers (briefing, identity, account, unit, path, name, role, place, since, checked, invited)
       VALUES ($1, $2, $3, '10001', 'vn.10001', 'UBND', 'seat', 'green', $4, false, $5)`,
      [briefing, seat.identity, account, green.since, JSON.stringify(invited)],
    );
    await seal(sql, 'floor_acts', {
      ...{ briefing, seq: 8, at, act: 'stage.promote', account, identity: seat.identity, unit: null, call: null },
      changes: [{ kind: 'speaker', speaker: { seat: { ...seat, person: null }, ...green, invited } }],
    });
    await sql.query('UPDATE floors SET seq = 8 WHERE briefing = $1', [briefing]);
  },
  '0116-who-opened.sql': async (sql) => {
    const where = { unit: '10001', path: 'vn.10001', name: 'Phường 10001', since: '2026-09-02T01:00:00.000Z' };
    await sql.query('UPDATE floor_stages SET by = $2 WHERE briefing = $1', [briefing, 'UBND']);
    await seal(sql, 'floor_acts', {
      ...{ briefing, seq: 9, at, act: 'stage.open', account, identity: '10001.a', unit: '10001', call: null },
      changes: [{ kind: 'stage', stage: { ...where, by: 'UBND' } }],
    });
    await sql.query('UPDATE floors SET seq = 9 WHERE briefing = $1', [briefing]);
  },
  '0122-speech-timers.sql': async (sql) => {
    const seat = { identity: '10001.b', account, path: 'vn.10001', unit: '10001', name: 'UBND', role: 'seat' };
    const seen = { place: 'stage', since: '2026-01-01T00:00:00.000Z', muted: false, checked: true, call: null };
    const timer = { minutes: 3, since: '2026-09-02T01:00:00.000Z' };
    const speaker = { seat: { ...seat, person: null }, ...seen, stage: 'vn.10001', home: null, timer };
    await sql.query(`UPDATE floor_speakers SET timer = $2 WHERE briefing = $1 AND identity = '10001.b'`, [
      briefing,
      JSON.stringify(timer),
    ]);
    await seal(sql, 'floor_acts', {
      ...{ briefing, seq: 10, at, act: 'seat.timer', account, identity: seat.identity, unit: null, call: null },
      changes: [{ kind: 'speaker', speaker }],
    });
    await sql.query('UPDATE floors SET seq = 10 WHERE briefing = $1', [briefing]);
  },
};
