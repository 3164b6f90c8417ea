import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  lead: 'Danh sách đầy đủ của địa bàn, để lưu và tính tiếp.',
  kinds: {
    attendance: 'Tham dự',
    rounds: 'Các lượt điểm danh',
    directives: 'Các chỉ đạo',
    directive: 'Chỉ đạo này',
  },
  bodies: {
    attendance: 'Mỗi đơn vị một dòng: vào, ra, số phút, tỷ lệ, kết quả, lý do sửa.',
    rounds: 'Mỗi đơn vị và mỗi lượt một dòng: trả lời thế nào, ai trả lời, lúc nào.',
    directives: 'Mỗi đơn vị và mỗi chỉ đạo một dòng: tới đâu, ai làm, hạn, kết quả.',
    directive: 'Mỗi đơn vị một dòng: tới đâu, ai làm, hạn, kết quả.',
  },
  parts: {
    presence: 'Đơn vị kết nối',
    people: 'Ai phát biểu, ai vào xem',
    rounds: 'Điểm danh của phòng',
    directives: 'Chỉ đạo của phòng',
  },
  partBodies: {
    presence: 'Mỗi đơn vị và mỗi lần họp một dòng: vào, ra, số phút kết nối, số phút được xem phòng này.',
    people: 'Mỗi lần một dòng, từ lúc nào tới lúc nào: ai phát biểu, ai vào thăm; ai vào xem, nếu thuộc địa bàn mình.',
    rounds: 'Các lượt của riêng địa bàn, mở trong lúc phòng họp: trả lời thế nào, ai trả lời, lúc nào.',
    directives: 'Chỉ đạo của địa bàn, giao trong lúc phòng họp: tới máy, đọc, nhận việc, báo xong lúc nào.',
  },
  sessions: 'Các phòng họp riêng',
  sessionsBody: 'Danh sách của từng phòng, kể cả khi phòng còn đang họp.',
  held: (from: string, to: string) => `${from} đến ${to}`,
  stillHeld: (from: string) => `từ ${from}, đang họp`,
  formats: { csv: 'CSV', xlsx: 'Excel' },
  make: (kind: string, format: string) => `${kind}: lập tệp ${format}`,
  waiting: 'Đang chờ tới lượt…',
  running: (n: string, of: string) => `${n} / ${of} dòng`,
  runningOnly: (n: string) => `${n} dòng`,
  ready: (n: string) => `Xong, ${n} dòng`,
  failed: 'Chưa lập được. Hãy thử lại.',
  download: (name: string) => `Tải ${name}`,
  onePage: 'Tóm tắt một trang',
  onePageBody: 'Tham dự theo địa bàn, các lượt điểm danh và chỉ đạo, vừa một tờ A4.',
  show: 'Xem tóm tắt',
  print: 'In',
};

export type ReportWords = Shape<typeof vi>;
/** Words of the files to take away. */
export const reportWords = defineWords(vi, () => import('./report.en.ts'));
