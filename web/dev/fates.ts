import type { AttendanceVerdict, Follow, FollowState } from '../src/api/contract.ts';
import type { Unit } from './country.ts';

/** The same fate for a unit at each look. */
export const lotOf = (code: string): number =>
  [...code].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 9973, 7) % 100;

export function stateOf(unit: Unit): FollowState {
  const lot = lotOf(unit.code);
  if (lot < 3) return 'sent';
  if (lot < 8) return 'delivered';
  if (lot < 20) return 'read';
  if (lot < 22) return 'question';
  if (lot < 24) return 'refused';
  if (lot < 62) return 'acknowledged';
  return lot < 78 ? 'in-progress' : 'done';
}

export const says: Readonly<Partial<Record<FollowState, Partial<Follow>>>> = {
  question: { question: 'Xã chỉ có 6 công an, có được huy động dân quân tự vệ không?' },
  refused: { words: 'Đường vào hai thôn đang ngập, chưa tới được chốt.', name: 'Lê Thị Hoà' },
  acknowledged: { words: 'Công an xã trực chốt đủ 24 giờ, anh Hùng phụ trách.', name: 'Nguyễn Văn Minh' },
  'in-progress': {
    words: 'Chia ba ca, trạm y tế gọi điện từng nhà.',
    name: 'Trần Quốc Bảo',
    report: 'Đã gọi 214 nhà.',
  },
  done: { words: 'Giao ban chỉ huy quân sự xã.', name: 'Phạm Thu Hà', report: 'Đã lập 4 chốt, trực đủ người.' },
};

export function verdictOf(unit: Unit): AttendanceVerdict {
  const lot = lotOf(unit.code);
  return lot < 88 ? 'present' : lot < 94 ? 'partial' : lot < 95 ? 'excused' : 'absent';
}
