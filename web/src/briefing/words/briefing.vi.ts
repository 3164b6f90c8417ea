import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  live: 'Trực tiếp',
  paused: 'Tạm nghỉ',
  broken: 'Tạm ngắt',
  notLive: 'Chưa phát',
  line: 'Đường truyền',
  lineState: {
    good: 'Đường truyền tốt',
    weak: 'Đường truyền yếu',
    lost: 'Mất tín hiệu',
    stopped: 'Hình chưa tới',
    joining: 'Đang vào phòng…',
    reconnecting: 'Đang nối lại…',
    offline: 'Mất mạng',
  },
  lineDoes: {
    good: 'Đường truyền đủ cho hình và tiếng.',
    weak: 'Giữ tiếng rõ trước, hình tự giảm nét. Không cần làm gì.',
    lost: 'Đang thử nối lại, không cần bấm gì.',
    stopped: 'Chưa có hình mới. Hình tự hiện khi có, không cần bấm gì.',
    joining: 'Chờ một chút.',
    reconnecting: 'Hình và tiếng sẽ tự trở lại, không cần bấm gì.',
    offline: 'Kiểm tra dây mạng hoặc Wi-\u2060Fi. Trang tự nối lại.',
  },
  backIn: (seconds: number) => `Nhiều nơi cùng nối lại nên phải lần lượt: còn khoảng ${seconds} giây.`,
  channelDown: 'Đang nối lại với máy chủ. Vẫn trả lời được: trang giữ lại và tự gửi khi nối được. Việc khác xin chờ.',
  agenda: 'Chương trình',
  runsNow: 'Đang diễn ra',
  sound: {
    title: 'Âm thanh',
    volume: 'Âm lượng của phòng họp',
    silent: 'Đang tắt hẳn tiếng của phòng họp.',
    hint: 'Chuông gọi và chuông điểm danh không theo âm lượng này.',
  },
  announceBack: 'Đã nối lại.',
  announcePicture: 'Đã có hình.',
  help: {
    title: 'Trợ giúp',
    keys: 'Phím tắt',
    mute: 'Tắt hoặc bật tiếng (khi đang phát biểu)',
    hand: 'Giơ tay hoặc bỏ giơ tay',
    accept: 'Nhận cuộc gọi',
    help: 'Mở trang trợ giúp này',
    search: 'Tìm đơn vị để gọi',
    directive: 'Giao chỉ đạo',
    next: 'Chuyển sang mục tiếp theo của chương trình',
    picture: 'Chọn hình phát tới mọi người, theo số ghi trên nút',
    table: 'Đổi bản đồ và bảng',
    units: 'Chọn đơn vị trên bản đồ số liệu',
    pages: 'Chuyển trang trình chiếu',
    keysOff:
      'Các phím sau chỉ có tác dụng khi nút “Phím tắt” ở đầu trang đang bật. Mỗi lần vào phòng họp, nút này tắt.',
    keysAlways: 'Các phím sau luôn có tác dụng:',
    steps: 'Khi có trục trặc',
    noSound: 'Không nghe thấy tiếng: kiểm tra loa của máy, rồi bấm “Bật tiếng” nếu nút đó hiện ra.',
    noPicture: 'Hình đứng hoặc mờ: bấm “Chỉ nghe” để giữ tiếng rõ, cắm dây mạng nếu có.',
    lost: 'Mất kết nối: không cần làm gì, trang tự nối lại.',
    checkAgain: 'Kiểm tra lại máy',
    leaveTitle: 'Rời phòng họp để kiểm tra máy?',
    leaveStage:
      'Máy này đang trên sóng. Kiểm tra máy là rời phòng họp: hình và tiếng dừng ngay, các trang khác báo mất tín hiệu.',
    leaveGreen: 'Máy này đang ở phòng chuẩn bị. Kiểm tra máy là rời phòng họp, nên có thể mất chỗ.',
    leave: 'Rời và kiểm tra',
    stay: 'Ở lại phòng họp',
  },
};

export type BriefingWords = Shape<typeof vi>;
/** Words of the line and of help. */
export const briefingWords = defineWords(vi, () => import('./briefing.en.ts'));
