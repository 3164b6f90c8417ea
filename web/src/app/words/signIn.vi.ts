import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  title: 'Hãy mở liên kết cá nhân, hoặc gõ mã trên giấy mời',
  body: 'Liên kết do người điều hành gửi cho đơn vị. Không có liên kết thì gõ hai mã in trên giấy mời của phiên họp.',
  next: 'Không có cả liên kết lẫn giấy mời? Hãy liên hệ người điều hành để được cấp lại.',
  code: {
    unit: 'Mã đơn vị',
    code: 'Mã vào họp',
    hint: 'Gõ chữ thường hay chữ hoa đều được. Mã dùng cho một máy.',
    enter: 'Vào bằng mã',
  },
  login: 'Tên đăng nhập',
  password: 'Mật khẩu',
  byPassword: 'Đăng nhập bằng mật khẩu',
  byCode: 'Gõ mã trên giấy mời',
  enter: 'Đăng nhập',
};

export type SignInWords = Shape<typeof vi>;
/** Words of the door without a session. */
export const signInWords = defineWords(vi, () => import('./signIn.en.ts'));
