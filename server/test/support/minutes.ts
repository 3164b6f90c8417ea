import type { Block, MinutesDocument } from '../../src/domain/minutes/document.ts';
import type { MinutesFacts } from '../../src/domain/minutes/ports.ts';
import type { AttendanceRow, AttendanceVerdict } from '../../src/protocol/attendance.ts';
import type { Briefing } from '../../src/protocol/briefing.ts';

const NAMES: Readonly<Record<string, string>> = {
  ...{ vn: 'Việt Nam', '24': 'Tỉnh Bắc Giang', '79': 'Thành phố Hồ Chí Minh' },
  ...{ '217': 'Huyện Lạng Giang', '760': 'Quận 1', '26734': 'Phường Tân Định' },
};
export const at = (minute: number): string => new Date(Date.UTC(2026, 1, 3, 1, minute)).toISOString();

export const row = (
  path: string,
  name: string,
  measured: AttendanceVerdict,
  correction: AttendanceRow['correction'] = null,
) => ({
  ...{ unit: path.slice(path.lastIndexOf('.') + 1), path, name, firstIn: null, lastOut: null, seconds: 0 },
  ...{ liveSeconds: 0, share: 0, quality: null, devices: 1, answered: null, measured, correction },
});
export const briefing: Briefing = {
  ...{
    id: '0b9f8a52-7d55-4a13-9a3c-2f0b6b1f3a11',
    title: 'Ứng phó bão số 10',
    state: 'closed',
    stage: 'vn',
    scope: ['vn'],
  },
  ...{ scheduledAt: at(0), openedAt: at(-20), liveAt: at(5), closedAt: at(65), epoch: 4, expected: 4, producers: [] },
  ...{ agenda: [{ title: 'Khai mạc', by: 'Thủ tướng', minutes: 10 }], language: 'vi', rehearsal: false, notice: null },
};
export const facts: MinutesFacts = {
  ...{ briefing, language: 'vi', extract: undefined, sheet: { percent: 80, lastRound: false, liveSeconds: 3600 } },
  clockSteps: [],
  attendance: [
    row('vn.24.217.7381', 'Xã Tân Hưng', 'absent'),
    row('vn.24.217.7384', 'Thị trấn Vôi', 'absent'),
    row('vn.79.760.26734', 'Phường Tân Định', 'present'),
    row('vn.79.760.26737', 'Phường Đa Kao', 'partial', {
      verdict: 'present',
      reason: 'Mất điện',
      by: 'Ban',
      at: at(70),
    }),
  ],
  speeches: [
    {
      ...{
        unit: 'vn',
        path: 'vn',
        name: 'Thủ tướng Chính phủ',
        role: 'principal',
        from: at(5),
        to: at(65),
        seconds: 3600,
      },
      person: { name: 'Nguyễn Văn An', title: 'Thủ tướng' },
    },
    {
      ...{ unit: '26734', path: 'vn.79.760.26734', name: 'Phường Tân Định', role: 'seat', person: null },
      ...{ from: at(10), to: at(16), seconds: 367 },
    },
  ],
  ...{ items: [], questions: [], rounds: [], calls: [], directives: [] },
  seal: { chain: 'briefing:0b9f8a52-7d55-4a13-9a3c-2f0b6b1f3a11', nr: 1042, at: at(66), hash: 'ab'.repeat(32) },
  nameOf: (code) => NAMES[code] ?? code,
};

export const said = (blocks: readonly Block[]): string[] =>
  blocks.flatMap((block) => {
    if (block.kind === 'table') return block.rows.map((cells) => cells.join(' | '));
    return [block.kind === 'text' && block.label ? `${block.label} ${block.text}` : block.text];
  });
export const body = (minutes: MinutesDocument): string => said(minutes.body).join('\n');
