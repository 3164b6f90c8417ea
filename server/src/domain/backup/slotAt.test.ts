import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backupTrouble } from './BackupSchedule.ts';
import type { BackupOutcome } from './ports.ts';
import { slotAt } from './slotAt.ts';

const local = (text: string): Date => new Date(text); // without a zone: by the clock of the machine

test('AU19 a backup is due from its hour on, and until then the one of the day before', () => {
  const table = [
    ['2026-12-01T02:29:59', '02:30', '2026-11-30T02:30:00'],
    ['2026-12-01T02:30:00', '02:30', '2026-12-01T02:30:00'],
    ['2026-12-01T23:59:59', '02:30', '2026-12-01T02:30:00'],
    ['2026-12-01T00:00:00', '00:00', '2026-12-01T00:00:00'],
    ['2027-01-01T12:00:00', '23:59', '2026-12-31T23:59:00'],
  ] as const;
  for (const [now, at, slot] of table) assert.deepEqual(slotAt(local(now), at), local(slot), `${now} ${at}`);
});

test('AU20 trouble is told of a backup that failed, is broken, is old, or was never made', () => {
  const of = (at: string, state: BackupOutcome['state'], text = 'file'): BackupOutcome => {
    return { at: new Date(at), node: 'a', state, text };
  };
  const now = new Date('2026-12-03T10:00:00Z');
  const [fresh, old] = [of('2026-12-03T02:30:00Z', 'saved'), of('2026-12-01T02:30:00Z', 'saved')];
  assert.equal(backupTrouble({ saved: fresh, last: fresh }, now), undefined);
  assert.match(backupTrouble({}, now) ?? '', /nothing has been saved yet/);
  assert.match(
    backupTrouble({ saved: old, last: old }, now) ?? '',
    /is of 2026-12-01T02:30:00.000Z, and none came since/,
  );
  const failed = of('2026-12-03T09:00:00Z', 'failed', 'the disk is full');
  assert.match(backupTrouble({ saved: fresh, last: failed }, now) ?? '', /failed on node a: the disk is full/);
  const broken = of('2026-12-03T09:00:00Z', 'broken');
  assert.match(backupTrouble({ saved: fresh, last: broken }, now) ?? '', /not in order.*older backups are kept/);
});
