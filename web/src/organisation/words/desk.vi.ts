import { inLine } from '../../api/contract.ts';
import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  call: 'Gọi',
  callUnit: (name: string) => `Gọi ${inLine(name)}`,
  more: (name: string) => `Việc khác với ${inLine(name)}`,
  link: 'Cấp lại liên kết',
  linkTitle: (name: string) => `Cấp lại liên kết cho ${inLine(name)}`,
  linkBody: 'Liên kết cũ mất hiệu lực ngay. Máy đang dùng liên kết cũ phải mở liên kết mới.',
  linkMake: 'Cấp liên kết mới',
  linkOnce: 'Liên kết này chỉ hiện một lần. Sao chép và gửi riêng cho đơn vị.',
  linkNone: 'Đơn vị này chưa có tài khoản.',
  linkUsed: (when: string) => `dùng lần cuối lúc ${when}`,
  linkNever: 'chưa dùng',
  accountDisable: 'Khoá tài khoản',
  accountDisableSure: 'Khoá và đăng xuất mọi máy ngay?',
  accountDisabled: 'đã khoá',
  accountEnable: 'Mở lại tài khoản',
  level: { full: 'đủ', most: 'gần đủ', some: 'còn thiếu', few: 'thiếu nhiều', none: 'chưa có' },
  legend: 'Chú giải',
  picker: {
    hint: 'Gõ tên, không cần dấu',
    searching: 'Đang tìm…',
    empty: 'Không có đơn vị nào khớp. Thử gõ ít chữ hơn.',
    remove: (name: string) => `Bỏ ${inLine(name)}`,
  },
  saveList: {
    start: 'Lưu thành danh sách',
    name: 'Tên danh sách',
    save: 'Lưu',
    replace: 'Thay danh sách cũ',
    saved: (name: string, n: string) => `Đã lưu danh sách “${name}”: ${n} đơn vị`,
  },
};

export type OrganisationDeskWords = Shape<typeof vi>;
/** Words of units in lists and fields, of saved lists and of links. */
export const organisationDeskWords = defineWords(vi, () => import('./desk.en.ts'));
