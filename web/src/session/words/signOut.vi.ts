import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  title: 'Đăng xuất khỏi máy này?',
  signOut: 'Đăng xuất',
  nothing: 'Mọi thứ trang này lưu trên máy sẽ được xoá. Để vào lại, hãy mở liên kết cá nhân trên máy này.',
  something: 'Trên máy này còn lưu:',
  ownUnsent: (n: number) => `${n} trả lời của bạn chưa gửi tới máy chủ`,
  othersUnsent: (n: number) => `${n} trả lời của người khác chưa gửi tới máy chủ`,
  ownDraft: 'Một văn bản chỉ đạo bạn đang viết',
  othersDrafts: (n: number) => `${n} văn bản người khác đang viết`,
  choice: 'Nếu giữ lại, mỗi người sẽ gửi tiếp được khi đăng nhập lại trên máy này. Nếu xoá, không ai lấy lại được.',
  keepAll: 'Đăng xuất, giữ lại',
  deleteAll: 'Xoá hết và đăng xuất',
};

export type SignOutWords = Shape<typeof vi>;
/** Words of leaving this computer. */
export const signOutWords = defineWords(vi, () => import('./signOut.en.ts'));
