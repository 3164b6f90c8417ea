import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  title: 'Màn hình trình chiếu phiên họp',
  codeTitle: 'Mã ghép màn hình',
  codeBody:
    'Người chủ trì hoặc điều hành mở “Chỉ đạo và hồ sơ” (người chủ trì mở tiếp “Văn phòng”), chọn “Màn hình”, rồi nhập mã này.',
  codeSpoken: (digits: string) => `Mã ghép màn hình: ${digits}`,
  asking: 'Đang kết nối với máy chủ…',
  /** SN20 */
  paired: 'Màn hình đã được ghép. Đang tìm phiên họp…',
  joining: (title: string) => `Màn hình đã được ghép. Đang vào phiên họp: ${title}`,
  nothing: 'Hiện không có phiên họp nào',
  next: (title: string, when: string) => `Tiếp theo: ${title}, ${when}`,
  /** SN18 */
  late: (title: string, when: string) => `Chờ mở phòng họp: ${title}, dự kiến ${when}`,
  soundOff: 'Bấm một phím bất kỳ để bật tiếng',
  elsewhere: 'Màn hình này đang mở ở một cửa sổ khác',
};

export type ScreenWords = Shape<typeof vi>;
/** What a screen says while it shows no stage. */
export const screenWords = defineWords(vi, () => import('./screen.en.ts'));
