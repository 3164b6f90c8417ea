import type { WallLayout } from '../../api/contract.ts';
import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  title: 'Màn hình hội trường',
  body: 'Mở địa chỉ dưới đây trên máy chiếu, màn hình lớn hoặc máy của đài truyền hình. Màn hình chỉ nhận hình và tiếng đang phát.',
  framed: 'Thêm khung có biểu trưng, tên phiên họp, dấu trực tiếp và đồng hồ ở trên hình:',
  wall: 'Màn hình số liệu, với bản đồ, hình đang phát và diễn biến cạnh nhau:',
  pair: 'Ghép màn hình',
  code: 'Mã 8 số trên màn hình',
  codeWrong: 'Mã có 8 chữ số.',
  codeUnknown: 'Không có màn hình nào đang hiện mã này. Hãy đọc lại mã; mã đổi sau 10 phút.',
  name: 'Tên màn hình',
  nameHint: 'Ví dụ: Màn hình lớn của hội trường',
  nameMissing: 'Hãy đặt tên để sau này nhận ra màn hình.',
  hours: 'Dùng trong',
  hoursOf: (n: number) => `${n} giờ`,
  layoutFirst: 'Bố cục số liệu',
  pairing: 'Đang ghép…',
  paired: (name: string) => `Đã ghép “${name}”`,
  none: 'Chưa ghép màn hình nào.',
  here: 'Đang kết nối',
  away: 'Hiện không kết nối với phiên họp nào',
  since: (by: string, until: string) => `${by} ghép, dùng được tới ${until}`,
  layout: (name: string) => `Bố cục số liệu của ${name}`,
  layouts: {
    columns: 'Bản đồ, hình đang phát, diễn biến',
    map: 'Bản đồ lớn',
    stage: 'Hình đang phát lớn',
    figures: 'Chỉ số liệu, không hình',
  } satisfies Record<WallLayout, string>,
  revoke: (name: string) => `Ngắt ${name}`,
  revokeTitle: (name: string) => `Ngắt màn hình “${name}”?`,
  revokeBody: 'Nếu đang kết nối, màn hình tắt hình ngay và hiện mã ghép mới.',
  revokeConfirm: 'Ngắt màn hình',
  keep: 'Giữ lại',
};

export type ScreenDeskWords = Shape<typeof vi>;
/** Words of those who pair screens. */
export const screenDeskWords = defineWords(vi, () => import('./desk.en.ts'));
