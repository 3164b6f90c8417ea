import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Briefing } from '../../protocol/briefing.ts';
import { calendarOf } from './calendar.ts';

const briefing: Briefing = {
  ...{ id: '01234567-89ab-4def-8123-456789abcdef', epoch: 3, state: 'scheduled', title: 'Giao ban; bão, lũ' },
  ...{ stage: 'vn', scope: ['vn'], expected: 5, scheduledAt: '2026-09-02T07:00:00.000Z' },
  ...{ openedAt: null, liveAt: null, closedAt: null, producers: [], language: 'vi', rehearsal: false, notice: null },
  agenda: [
    { title: 'Khai mạc', by: 'Thủ tướng', minutes: 15 },
    { title: 'Kết luận', minutes: 30 },
  ],
};
const now = new Date('2026-09-01T00:00:00Z');
/** Lines as they were before they were folded (RFC 5545, 3.1). */
const linesOf = (change: Partial<Briefing> = {}): string[] => {
  const text = calendarOf({ ...briefing, ...change }, 'https://hop.example.vn', now);
  for (const line of text.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, line);
  return text.replaceAll('\r\n ', '').split('\r\n');
};
const has = (lines: string[], ...wanted: string[]) => {
  for (const line of wanted) assert.ok(lines.includes(line), `${line} in\n${lines.join('\n')}`);
};

test('IV6 a calendar gets time, length by the agenda and what is on, and no link that is a secret', () => {
  const lines = linesOf();
  has(lines, 'METHOD:PUBLISH', 'DTSTART:20260902T070000Z', 'DTEND:20260902T074500Z', 'STATUS:CONFIRMED', 'SEQUENCE:2');
  has(lines, 'UID:01234567-89ab-4def-8123-456789abcdef@dieu-hanh', 'SUMMARY:Giao ban\\; bão\\, lũ');
  assert.match(
    lines.find((line) => line.startsWith('DESCRIPTION')) ?? '',
    /1\. Khai mạc - Thủ tướng - 15 phút\\n2\. Kết luận/,
  );
  assert.ok(!lines.some((line) => line.includes('#l=')));
});

test('IV6 a change and a cancelling take the place of what was there: same UID, higher sequence', () => {
  const notice = { kind: 'moved', reason: 'Bão', at: '2026-09-01T00:00:00.000Z', from: null } as const;
  const from = '2026-09-02T07:00:00.000Z';
  const moved = linesOf({ epoch: 4, scheduledAt: '2026-09-03T07:00:00.000Z', agenda: [], notice: { ...notice, from } });
  const told = (lines: string[]) => lines.find((line) => line.startsWith('DESCRIPTION')) ?? '';
  assert.match(
    told(moved),
    /:Phiên họp đã dời\\, trước là 14:00\\, thứ Tư ngày 02\/9\/2026\. Lý do: Bão\\n\\nVào họp: /,
  );
  has(moved, 'SEQUENCE:3', 'DTSTART:20260903T070000Z', 'DTEND:20260903T090000Z');
  const cancelled = linesOf({ epoch: 5, state: 'closed', notice: { ...notice, kind: 'cancelled' } });
  has(
    cancelled,
    'METHOD:CANCEL',
    'STATUS:CANCELLED',
    'SEQUENCE:4',
    'UID:01234567-89ab-4def-8123-456789abcdef@dieu-hanh',
  );
  assert.match(told(cancelled), /:Phiên họp đã huỷ\. Lý do: Bão\\n/);
  assert.doesNotMatch(told(cancelled), /Vào họp/);
});

test('RH4 the calendar says that it is a rehearsal', () => {
  has(linesOf({ rehearsal: true }), 'SUMMARY:[DIỄN TẬP] Giao ban\\; bão\\, lũ');
});
