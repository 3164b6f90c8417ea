import type { Language, ScheduleNotice } from '../../protocol/briefing.ts';

export interface InvitationWords {
  readonly title: string;
  readonly rehearsal: string;
  readonly to: (unit: string) => string;
  readonly at: (hour: string, weekday: string, date: string) => string;
  readonly host: (unit: string) => string;
  readonly agenda: string;
  readonly more: (items: number) => string;
  /** Heading of the steps before a briefing. */
  readonly before: string;
  readonly steps: readonly string[];
  /** Where unit and code are typed. */
  readonly open: (address: string) => string;
  readonly unitCode: string;
  readonly code: string;
  readonly valid: (from: string) => string;
  /** For a unit that gets its first link, which is in the QR code. */
  readonly first: string;
  readonly signedIn: string;
  readonly ring: (telephone: string) => string;
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
    to: (unit) => `Kính mời: ${unit}`,
    at: (hour, weekday, date) => `${hour}, ${weekday} ngày ${date}`,
    host: (unit) => `Chủ trì: ${unit}`,
    agenda: 'Chương trình:',
    more: (items) => `và ${items} mục nữa`,
    before: 'Trước giờ họp:',
    steps: [
      '1. Dùng máy có camera, micro và loa; vào trang trước giờ họp 30 phút.',
      '2. Thử camera, micro, loa và đường truyền ngay trên trang.',
      '3. Bấm “Vào phòng họp”, rồi để trang mở: khi phòng họp mở, trang tự vào.',
    ],
    open: (address) => `Quét mã QR, hoặc mở ${address} và gõ:`,
    unitCode: 'Mã đơn vị',
    code: 'Mã vào họp',
    valid: (from) => `Mã cho một máy mới, dùng được từ ${from} đến khi họp xong.`,
    first: 'Mã QR là liên kết riêng của đơn vị: máy quét đầu tiên dùng tiếp cho các phiên sau.',
    signedIn: 'Máy đã đăng nhập của đơn vị thì mở trang là vào được, không cần mã.',
    ring: (telephone) => `Cần giúp, xin gọi ${telephone}`,
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
    to: (unit) => `To: ${unit}`,
    at: (hour, weekday, date) => `${hour}, ${weekday} ${date}`,
    host: (unit) => `Held by: ${unit}`,
    agenda: 'Agenda:',
    more: (items) => `and ${items} more`,
    before: 'Before the briefing:',
    steps: [
      '1. Use a device with camera, microphone and loudspeaker; open the page 30 minutes early.',
      '2. Check the camera, microphone, loudspeaker and connection on the page.',
      '3. Press “Enter the briefing” and leave the page open: it enters by itself when the room opens.',
    ],
    open: (address) => `Scan the QR code, or open ${address} and type:`,
    unitCode: 'Unit',
    code: 'Code',
    valid: (from) => `The code is for one new device, from ${from} until the briefing ends.`,
    first: "The QR code is the unit's own link: the first device that scans it keeps it for later briefings.",
    signedIn: 'A device of the unit that is signed in needs no code: open the page on it.',
    ring: (telephone) => `For help, call ${telephone}`,
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

/** `07:00 26/11/2026`. @param wallMs `vietNamWallMs` */
export function shortMoment(wallMs: number): string {
  const [day = '', clock = ''] = new Date(wallMs).toISOString().slice(0, 16).split('T');
  return `${clock} ${day.split('-').reverse().join('/')}`;
}

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
