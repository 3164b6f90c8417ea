import type { Reason } from '../../api/contract.ts';
import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  wait: (seconds: number) =>
    seconds < 90
      ? `Đã thử quá nhiều lần. Chờ ${seconds} giây rồi thử lại.`
      : `Đã thử quá nhiều lần. Chờ ${Math.ceil(seconds / 60)} phút rồi thử lại.`,
  reason: {
    'bad-request': 'Máy chủ không nhận yêu cầu này. Hãy tải lại trang rồi thử lại.',
    unauthenticated: 'Phiên làm việc đã hết. Hãy mở lại liên kết cá nhân hoặc đăng nhập lại.',
    'link-unknown': 'Không có liên kết này. Kiểm tra đã chép đủ liên kết chưa, hoặc xin cấp lại.',
    'link-used': 'Liên kết này đã gắn với một máy khác. Hãy dùng máy đó, hoặc xin người điều hành cấp lại.',
    'link-over': 'Liên kết này chỉ dùng một lần trong vòng một ngày và đã hết hiệu lực. Hãy xin cấp lại.',
    'link-revoked': 'Liên kết này đã được thay bằng liên kết mới. Hãy dùng liên kết mới nhất, hoặc xin cấp lại.',
    'code-unknown': 'Mã đơn vị và mã vào họp không khớp. Hãy xem lại cả hai mã trên giấy mời.',
    'code-used': 'Mã này đã dùng cho một máy khác. Hãy xin giấy mời mới.',
    'code-early': 'Mã chỉ dùng được từ 24 giờ trước giờ họp.',
    'code-over': 'Mã này đã hết hiệu lực. Hãy xin giấy mời mới.',
    'unit-ended':
      'Đơn vị của tài khoản này không còn trong danh sách đơn vị hiện nay. Hãy xin người điều hành cấp tài khoản ở đơn vị mới.',
    'wrong-credentials': 'Tên đăng nhập hoặc mật khẩu chưa đúng.',
    'weak-password':
      'Mật khẩu này dễ đoán: nhiều người dùng, trùng tên, hoặc chỉ là dãy số, dãy chữ. Hãy chọn mật khẩu khác.',
    'name-reserved': 'Tên này có chức danh của cấp trên. Hãy ghi tên hoặc chức danh của cấp mình.',
    forbidden: 'Tài khoản này không có quyền làm việc này.',
    'outside-territory': 'Đơn vị này nằm ngoài địa bàn được giao.',
    'foreign-origin': 'Yêu cầu đến từ trang khác nên bị từ chối. Hãy mở trang bằng liên kết chính thức.',
    'not-found': 'Không tìm thấy. Có thể nội dung này đã thay đổi hoặc không còn.',
    conflict: 'Người khác vừa làm trước. Xem lại rồi bấm lần nữa nếu vẫn cần.',
    'not-live': 'Phiên họp chưa phát trực tiếp.',
    'briefing-closed': 'Phiên họp đã kết thúc.',
    rehearsal: 'Đây là việc diễn tập: không dùng cho việc chính thức.',
    'does-not-fit':
      'Số đơn vị dự họp vượt quá sức của các máy chủ đang chạy. Nêu lý do nếu vẫn tổ chức, hoặc thu hẹp phạm vi.',
    'not-connected': 'Đơn vị này chưa có máy nào trong phòng họp.',
    'hand-away': 'Chưa mời được: máy của đơn vị đang mất kết nối. Đơn vị vẫn giữ thứ tự; hãy mời lại khi máy nối lại.',
    busy: 'Đơn vị này đang được gọi hoặc đang phát biểu, hoặc hệ thống đang nhận quá nhiều thao tác. Xin thử lại sau giây lát.',
    'too-late': 'Đã hết hạn hoặc đã được xử lý, nên không ghi nhận thêm nữa.',
    'wrong-proof': 'Hai chữ số chưa đúng. Xem lại số đang hiện trên màn hình phát.',
    'too-many-tries': 'Đã quá số lần cho phép. Nếu vẫn cần, hãy gọi điện cho người điều hành.',
    'rate-limited': 'Thao tác quá nhanh. Chờ vài giây rồi thử lại.',
    'too-large': 'Nội dung quá dài.',
    'too-slow': 'Đường truyền quá chậm nên nội dung chưa đến đủ. Hãy thử lại khi mạng ổn định hơn.',
    unsupported: 'Máy chủ không đọc được nội dung ở dạng này.',
    'node-full': 'Máy chủ đang nhận quá nhiều kết nối. Xin thử lại sau giây lát.',
    draining: 'Máy chủ đang dừng để bảo trì. Xin thử lại sau giây lát.',
    'node-cut-off': 'Một máy chủ khác đang mất liên lạc. Chưa có gì được ghi nhận, hãy thử lại sau ít giây.',
    'store-unavailable': 'Máy chủ tạm thời chưa ghi được. Chưa có gì được ghi nhận, hãy thử lại sau ít giây.',
    'record-unwritable':
      'Hệ thống tạm thời chưa ghi nhận thêm được. Chưa có gì được ghi; máy này giữ câu trả lời và tự gửi lại. Việc xem và nghe vẫn bình thường.',
    internal: 'Đã có lỗi. Hãy thử lại sau ít giây.',
  } satisfies Record<Reason, string>,
  network: 'Chưa nối được tới máy chủ. Kiểm tra mạng rồi thử lại.',
};

export type ProblemWords = Shape<typeof vi>;
/** What a person reads when something was refused, by its reason. */
export const problemWords = defineWords(vi, () => import('./problem.en.ts'));
