import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  title: 'Đặt mật khẩu',
  whose: (name: string, unit: string) => `Cho tài khoản ${name}, ${unit}`,
  login: 'Tên đăng nhập',
  password: 'Mật khẩu mới',
  again: 'Nhập lại mật khẩu',
  hint: (n: number) => `Ít nhất ${n} ký tự. Không ai khác biết mật khẩu này.`,
  differ: 'Hai lần nhập không giống nhau.',
  short: (n: number) => `Mật khẩu cần ít nhất ${n} ký tự.`,
  set: 'Đặt mật khẩu',
  done: 'Đã đặt mật khẩu',
  doneBody: (login: string) =>
    `Từ bây giờ hãy đăng nhập bằng tên ${login} và mật khẩu vừa đặt. Các máy khác của tài khoản này phải đăng nhập lại.`,
  enter: 'Tới trang đăng nhập',
};

export type PasswordWords = Shape<typeof vi>;
/** Words of the page where a person sets a password. */
export const passwordWords = defineWords(vi, () => import('./password.en.ts'));
