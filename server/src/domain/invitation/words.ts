import type { Language, ScheduleNotice } from '../../protocol/briefing.ts';

export interface InvitationWords {
  readonly title: string;
  readonly rehearsal: string;
  readonly to: string;
  readonly at: (hour: string, weekday: string, date: string) => string;
  readonly steps: readonly string[];
  readonly signedIn: (url: string) => string;
  readonly noSeat: string;
  readonly secret: string;
  readonly file: string;
  readonly minutes: (n: number) => string;
  readonly enter: string;
  readonly online: string;
  readonly notice: (kind: ScheduleNotice['kind'], from: string | undefined, reason: string) => string;
}

export const invitationWords: Readonly<Record<Language, InvitationWords>> = {
  vi: {
    title: 'GIẤY MỜI HỌP TRỰC TUYẾN',
    rehearsal: 'DIỄN TẬP - không có giá trị chính thức',
    to: 'Kính mời:',
    at: (hour, weekday, date) => `${hour}, ${weekday} ngày ${date}`,
    steps: [
      'Quét mã hoặc gõ liên kết trên đúng máy sẽ dùng để họp.',
      'Thử camera, micro, loa và đường truyền trước giờ họp.',
      'Liên kết gắn với máy mở đầu tiên; cần đổi máy thì xin cấp lại.',
    ],
    signedIn: (url) => `Đơn vị đã có máy đăng nhập: mở ${url} trên máy đó.`,
    noSeat: 'Đơn vị chưa có tài khoản: liên hệ cơ quan gửi giấy mời.',
    secret: 'Người cầm phiếu này vào họp được thay đơn vị. Không chụp, không chuyển tiếp.',
    file: 'giay-moi',
    minutes: (n) => `${n} phút`,
    enter: 'Vào họp',
    online: 'Họp trực tuyến',
    notice: (kind, from, reason) =>
      ({
        moved: `Phiên họp đã dời${from ? `, trước là ${from}` : ''}. Lý do: ${reason}`,
        changed: `Phiên họp có thay đổi. Lý do: ${reason}`,
        cancelled: `Phiên họp đã huỷ. Lý do: ${reason}`,
      })[kind],
  },
  en: {
    title: 'INVITATION TO AN ONLINE BRIEFING',
    rehearsal: 'REHEARSAL - not official',
    to: 'To:',
    at: (hour, weekday, date) => `${hour}, ${weekday} ${date}`,
    steps: [
      'Scan the code or type the link on the device you will use.',
      'Check the camera, microphone, loudspeaker and connection before the briefing.',
      'The link belongs to the first device that opens it; to change devices, ask for another.',
    ],
    signedIn: (url) => `A device of this unit is signed in: open ${url} on it.`,
    noSeat: 'This unit has no account: ask the office that sent this invitation.',
    secret: 'Anyone holding this slip can enter for the unit. Do not photograph it or pass it on.',
    file: 'invitations',
    minutes: (n) => `${n} min`,
    enter: 'Enter',
    online: 'Online',
    notice: (kind, from, reason) =>
      ({
        moved: `The briefing has been moved${from ? ` from ${from}` : ''}. Reason: ${reason}`,
        changed: `The briefing has changed. Reason: ${reason}`,
        cancelled: `The briefing has been cancelled. Reason: ${reason}`,
      })[kind],
  },
};

const WEEKDAYS: Readonly<Record<Language, readonly string[]>> = {
  vi: ['Chủ nhật', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
};

/** @param wallMs `vietNamWallMs` */
export function moment(language: Language, wallMs: number): string {
  const at = new Date(wallMs);
  const [day = '', clock = ''] = at.toISOString().slice(0, 16).split('T');
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  // Nghị định 30/2020: days below ten and the months 1 and 2 have a nought before them.
  const two = (n: number): string => String(n).padStart(2, '0');
  const written = `${two(date)}/${month < 3 || language === 'en' ? two(month) : month}/${year}`;
  return invitationWords[language].at(clock, WEEKDAYS[language][at.getUTCDay()] ?? '', written);
}
