import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  title: 'Chọn một vai để bắt đầu',
  body: 'Đây là bản demo, chỉ chạy trên máy này; đơn vị thật, còn người và số liệu là giả. Mỗi vai mở ở một thẻ riêng của trình duyệt. Nên mở lãnh đạo và một xã cạnh nhau.',
  as: (role: string, name: string) => `${role}: ${name}, mở ở thẻ mới`,
  principal: {
    role: 'Lãnh đạo',
    does: 'Chủ trì phiên họp: bắt đầu phát, gọi một xã bất kỳ, điểm danh, giao chỉ đạo, xem số liệu.',
  },
  moderator: {
    role: 'Người điều hành',
    does: 'Giúp lãnh đạo trong địa bàn: xem ai đang kết nối, cho phát biểu, mở phòng của tỉnh.',
  },
  seat: {
    role: 'Chủ tịch xã, phường',
    does: 'Nghe chỉ đạo, trả lời điểm danh, giơ tay, nhận cuộc gọi, nhận việc.',
  },
  operator: {
    role: 'Quản trị hệ thống',
    does: 'Trông coi máy chủ, danh bạ và tài khoản; không vào phòng họp.',
  },
  wall: {
    role: 'Màn hình lớn',
    name: 'Mở màn hình',
    does: 'Chiếu phiên họp trong hội trường. Màn hình hiện một mã, lãnh đạo hoặc người điều hành gõ mã đó ở mục Màn hình của trang Văn phòng.',
  },
  door: 'Đăng nhập như ở hệ thống thật',
};

export type RolesWords = Shape<typeof vi>;
/** Words of the first page of a demo. */
export const rolesWords = defineWords(vi, () => import('./roles.en.ts'));
