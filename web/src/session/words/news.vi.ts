import type { PeopleAct, Role } from '../../api/contract.ts';
import { defineWords, type Shape } from '../../i18n/words.ts';

/** AC4: acts on one account. */
export type NewsAct = Extract<
  PeopleAct,
  {
    act:
      | 'account.changed'
      | 'account.disabled'
      | 'account.enabled'
      | 'code.used'
      | 'link.issued'
      | 'link.withdrawn'
      | 'password.offered'
      | 'password.set'
      | 'session.ended';
  }
>;

const vi = {
  title: 'Tài khoản này vừa được thay đổi',
  entered: {
    title: 'Có máy mới vào bằng mã trên giấy mời',
    lead: 'Nếu đây không phải máy của đơn vị, hãy kết thúc phiên của máy đó ngay.',
    end: 'Kết thúc phiên của máy đó',
    ended: 'Máy đó đã bị đưa ra. Mã trên giấy mời hết hiệu lực.',
  },
  lead: 'Nếu thấy việc này không đúng, hãy gọi ngay cho người điều hành.',
  seen: 'Đã xem',
  commandLine: 'Người quản trị máy chủ',
  changed: (from: string, to: string) => `Đã sửa tài khoản: ${from} thành ${to}`,
  role: {
    principal: 'Lãnh đạo',
    moderator: 'Người điều hành',
    seat: 'Điểm cầu của đơn vị',
    operator: 'Người vận hành',
    screen: 'Màn hình',
    steward: 'Người phụ trách số liệu',
  } satisfies Record<Role, string>,
  did: {
    'account.disabled': 'Đã khoá tài khoản này',
    'account.enabled': 'Đã mở lại tài khoản này',
    'code.used': 'Một máy mới đã vào bằng mã trên giấy mời',
    'link.issued': 'Đã cấp liên kết cá nhân mới, liên kết cũ không còn dùng được',
    'link.withdrawn': 'Đã thu hồi một liên kết cá nhân',
    'password.offered': 'Đã cấp liên kết để đặt lại mật khẩu',
    'password.set': 'Đã đặt mật khẩu mới',
    'session.ended': 'Đã đăng xuất một máy',
  } satisfies Record<Exclude<NewsAct['act'], 'account.changed'>, string>,
};

export type NewsWords = Shape<typeof vi>;
/** What others did to the account, as its person reads it. */
export const newsWords = defineWords(vi, () => import('./news.en.ts'));
