import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  title: 'Đăng xuất khỏi máy này?',
  signOut: 'Đăng xuất',
  nothing:
    'Mọi thứ trang này lưu trên máy sẽ được xoá. Để vào lại, hãy mở liên kết cá nhân hoặc đăng nhập lại trên máy này.',
  something: 'Trên máy này còn lưu:',
  ownUnsent: (n: number) => `${n} câu trả lời của tài khoản này chưa tới máy chủ`,
  othersUnsent: (n: number) => `${n} câu trả lời của tài khoản khác chưa tới máy chủ`,
  ownDraft: 'Một bản soạn chỉ đạo của tài khoản này',
  othersDrafts: (n: number) => `${n} bản soạn chỉ đạo của tài khoản khác`,
  choice: 'Nếu giữ lại, mỗi người sẽ gửi tiếp được khi đăng nhập lại trên máy này. Nếu xoá, không ai lấy lại được.',
  keepAll: 'Đăng xuất, giữ lại',
  deleteAll: 'Xoá hết và đăng xuất',
};

export type SignOutWords = Shape<typeof vi>;
/** Words of leaving this computer. */
export const signOutWords = defineWords(vi, () => import('./signOut.en.ts'));
