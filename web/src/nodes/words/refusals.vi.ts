import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  title: 'Yêu cầu bị từ chối',
  about: 'Ai đã thử làm gì mà không được, gần đây nhất ở trên. Máy chủ chỉ nhớ vài trăm mục; nhật ký có đầy đủ hơn.',
  none: 'Chưa có yêu cầu nào bị từ chối.',
  failed: (why: string) => `Chưa cập nhật được, những gì hiện ở đây là của lần đọc trước. ${why}`,
  silent: (nodes: string) => `Không trả lời, nên chưa có phần của máy chủ: ${nodes}`,
  who: 'Ai',
  stranger: 'Chưa đăng nhập',
  act: 'Việc đã thử',
  others: 'nhiều việc khác',
  why: 'Lý do từ chối',
  count: 'Số lần',
  first: 'Lần đầu',
  last: 'Lần cuối',
  address: 'Mạng',
  node: 'Máy chủ',
  all: (count: string) => `Hiện cả ${count} dòng`,
  reason: {
    'bad-request': 'sai dạng',
    unauthenticated: 'chưa đăng nhập hoặc phiên đã hết',
    'link-unknown': 'liên kết không có thật',
    'link-used': 'liên kết của máy khác',
    'link-revoked': 'liên kết đã thu hồi',
    'link-over': 'liên kết đã hết hiệu lực',
    'code-unknown': 'mã giấy mời không khớp',
    'code-used': 'mã giấy mời của máy khác',
    'code-early': 'mã giấy mời chưa tới giờ',
    'code-over': 'mã giấy mời hết hiệu lực',
    'wrong-credentials': 'sai tên đăng nhập hoặc mật khẩu',
    forbidden: 'không có quyền',
    'outside-territory': 'ngoài địa bàn',
    'foreign-origin': 'từ trang khác',
    'not-found': 'không có',
    'too-many-tries': 'thử quá nhiều lần',
    'rate-limited': 'quá nhanh',
    'too-large': 'quá lớn',
    'too-slow': 'gửi quá chậm',
    unsupported: 'dạng không nhận',
    'wrong-proof': 'sai hai chữ số',
  },
};

export type RefusalsWords = Shape<typeof vi>;
/** Words of the list of refused requests, for those who run the machines. */
export const refusalsWords = defineWords(vi, () => import('./refusals.en.ts'));
