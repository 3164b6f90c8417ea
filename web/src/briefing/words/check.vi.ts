import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  title: 'Kiểm tra máy trước khi vào',
  lead: 'Mất khoảng một phút. Nếu có mục chưa tốt, vẫn vào xem và nghe được.',
  rememberedTitle: (when: string) => `Lần trước (${when}) mọi thứ đã tốt`,
  rememberedBody: 'Có thể vào ngay.',
  sitting: 'Ai ngồi trước máy này?',
  sittingName: 'Họ và tên',
  sittingTitle: 'Chức vụ',
  sittingTitleExample: 'Ví dụ: Chủ tịch',
  sittingHint: 'Hiện dưới hình khi đơn vị phát biểu. Có thể để trống.',
  camera: 'Hình',
  cameraGood: 'Thấy mình trong khung này là được.',
  cameraAsk: 'Trình duyệt đang hỏi quyền dùng camera và micro. Hãy bấm “Cho phép”.',
  cameraWait: 'Đang mở camera…',
  microphone: 'Tiếng nói',
  microphoneHint: 'Nói “một, hai, ba”: vạch phải chạy theo giọng nói.',
  microphoneHeard: 'Micro nghe rõ.',
  microphoneNone: 'Không có micro. Vẫn xem và nghe được, nhưng chưa phát biểu được.',
  level: 'Mức tiếng nói',
  speaker: 'Loa',
  speakerHint: 'Bấm nút và nghe tiếng chuông.',
  playSound: 'Nghe thử',
  playing: 'Đang phát tiếng chuông…',
  heard: 'Đã nghe thấy',
  line: 'Đường truyền',
  measuring: 'Đang đo…',
  measure: 'Đo lại',
  down: 'Tải xuống',
  up: 'Tải lên',
  rate: (kbps: number) =>
    kbps >= 1000
      ? `${(kbps / 1000).toLocaleString('vi-VN', { maximumFractionDigits: 1 })} Mbit/s`
      : `${Math.round(kbps)} kbit/s`,
  verdict: {
    good: 'Tốt: xem rõ và phát biểu rõ.',
    fair: 'Đủ dùng: hình có thể kém nét hơn một chút. Không cần làm gì.',
    weak: 'Yếu: tiếng vẫn rõ, hình nhỏ và có lúc dừng. Nên cắm dây mạng, tắt các máy đang tải phim hoặc tệp lớn.',
    poor: 'Rất yếu: chỉ nên nghe. Hãy cắm dây mạng, hoặc đổi sang 4G của điện thoại. Có thể bấm “Chỉ nghe” trong phòng họp.',
    failed: 'Chưa đo được. Kiểm tra dây mạng rồi bấm “Đo lại”.',
    later: 'Vừa đo nhiều lần. Chờ một phút rồi bấm “Đo lại”.',
  },
  notices: 'Báo khi được gọi',
  noticesHint: 'Máy báo ngay khi đơn vị được gọi hoặc điểm danh, cả khi đang mở cửa sổ khác.',
  noticesAllow: 'Bật thông báo',
  enter: 'Vào phòng họp',
  enterWithout: 'Vào xem và nghe, không có camera',
  trouble: {
    denied:
      'Trình duyệt chưa cho dùng camera và micro. Bấm biểu tượng ổ khoá cạnh địa chỉ trang, chọn “Cho phép”, rồi bấm “Thử lại”.',
    missing: 'Không tìm thấy camera hoặc micro. Cắm thiết bị vào máy rồi bấm “Thử lại”.',
    busy: 'Chương trình khác đang dùng camera. Đóng chương trình đó (Zoom, Zalo, Teams…) rồi bấm “Thử lại”.',
    insecure: 'Trình duyệt chỉ cho dùng camera ở địa chỉ https. Hãy mở trang bằng liên kết https đã được gửi.',
    other: 'Chưa mở được camera. Rút ra cắm lại rồi bấm “Thử lại”.',
  },
  chooseCamera: 'Camera',
  chooseMicrophone: 'Micro',
  defaultDevice: 'Mặc định của máy',
  capture: 'Chất lượng gửi',
  captureStandard: 'Đầy đủ (720p)',
  captureLight: 'Tiết kiệm đường truyền (360p)',
  pictureOff: 'Camera đang tắt',
};

export type CheckWords = Shape<typeof vi>;
/** Words of the device check. */
export const checkWords = defineWords(vi, () => import('./check.en.ts'));
