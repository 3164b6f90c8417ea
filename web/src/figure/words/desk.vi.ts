import { type Every, type FigureState, inLine } from '../../api/contract.ts';
import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  title: 'Số liệu',
  panel: 'Số liệu, mở từng ô để xem bản đồ',
  simulated: 'SỐ LIỆU MÔ PHỎNG',
  none: 'Chưa có số liệu',
  noneBody: 'Số liệu hiện ra khi có đợt đầu tiên được ghi nhận.',
  /** FG146 */
  missing: 'Đang theo dõi; chưa đơn vị nào gửi giá trị',
  choose: (followed: string, all: string, most: string) =>
    `Chọn số liệu: đang xem ${followed} trên ${all}, nhiều nhất ${most}`,
  coverage: (counted: string, expected: string) => `${counted}/${expected} đơn vị`,
  weighed: {
    ratio: (share: string) => `${share}% mẫu số`,
    weighted: (share: string) => `${share}% trọng số`,
  },
  oldest: (when: string) => `cũ nhất ${when}`,
  /** FG61, FG62 */
  ofClosed: (units: string) => `gồm số của ${units} đơn vị nay đã sáp nhập, giải thể`,
  formerUnit: 'gồm số của đơn vị nay đã sáp nhập, giải thể',
  breaks: 'đường gạch đứng: đơn vị hành chính đổi từ kỳ này',
  noValue: 'chưa có',
  state: {
    fresh: 'đúng hạn',
    late: 'chậm',
    stale: 'quá cũ, không tính',
    none: 'chưa có',
    held: 'có số mới chờ xem lại',
    contested: 'có ý kiến khác',
  } satisfies Record<FigureState, string>,
  /** FG140: of a period that is neither due nor covered. */
  isComing: 'đang về',
  /** Of a group: `12 chậm`. */
  states: {
    fresh: 'Đúng hạn',
    late: 'Chậm',
    stale: 'Quá cũ',
    none: 'Chưa có',
    held: 'Có số mới chờ xem lại',
    contested: 'Có ý kiến khác',
  } satisfies Record<FigureState, string>,
  /** FG31: of a number that a round asks for. */
  askedHeld: { one: 'chờ xem lại, chưa cộng', group: 'Chờ xem lại, chưa cộng' },
  than: {
    '5min': 'so với 5 phút trước',
    hour: 'so với giờ trước',
    day: 'so với hôm trước',
    week: 'so với tuần trước',
    month: 'so với tháng trước',
    once: 'so với kỳ trước',
  } satisfies Record<Every, string>,
  same: 'không đổi',
  /** FG174: of a per cent. */
  points: (change: string) => `${change} điểm phần trăm`,
  /** FG105 */
  owner: (name: string | undefined, version: string) =>
    `${name ? `Cơ quan chủ quản: ${name}` : 'Chưa ghi cơ quan chủ quản'} · định nghĩa lần\u00a0${version}`,
  /** FG139 */
  shownFrom: (percent: string) => `kỳ mới hiện khi ${percent}% đơn vị có số, hoặc đã đến hạn`,
  shownAtOnce: 'kỳ mới hiện ngay khi có giá trị đầu tiên',
  /** FG101 */
  unseen: (names: string) => `Từ khi mở trang này, quyền xem đã thay đổi. Trang thôi hiển thị: ${names}`,
  /** FG96 */
  crossed: 'Vượt ngưỡng',
  crossing: (from: string, to: string) => `từ ${from} sang ${to}`,
  openMap: (name: string) => `Mở bản đồ: ${name}`,
  map: 'Các đơn vị trực thuộc: mũi tên để di chuyển, Enter để xem bên trong',
  tileOf: (name: string, value: string, counted: string, expected: string) =>
    `${name}: ${value}, ${counted} trên ${expected} đơn vị`,
  unitOf: (name: string, value: string, state: string) => `${name}: ${value}, ${state}`,
  archipelago: (name: string, province: string) => `Quần đảo ${name}, ${province}`,
  noReport: 'không có đơn vị báo cáo',
  view: 'Cách xem',
  views: { value: 'Giá trị', coverage: 'Độ phủ', change: 'Thay đổi' },
  /** FG97 */
  against: 'So với kỳ',
  thanPeriod: (period: string) => `so với ${period}`,
  changes: { rise: 'Tăng', fall: 'Giảm', same: 'Không đổi', unknown: 'Chưa đủ số để so sánh' },
  unknownChange: 'chưa rõ',
  risen: 'Tăng nhiều nhất',
  fallen: 'Giảm nhiều nhất',
  byAtLeast: (change: string, value: string) => `${change} từ ${value} trở lên`,
  byLess: (change: string, value: string) => `${change} dưới ${value}`,
  both: (both: string, expected: string) => `${both}/${expected} đơn vị có số của cả hai kỳ`,
  changeOf: (name: string, value: string, change: string) => `${name}: ${value}, ${change}`,
  /** FG98 */
  presence: 'Kết nối',
  here: 'đang kết nối',
  away: 'không kết nối',
  heres: { here: 'Đang kết nối', away: 'Không kết nối' },
  hereOf: (here: string, of: string) => `${here}/${of} đơn vị đang kết nối`,
  presenceFailed: 'Chưa biết đơn vị nào đang kết nối.',
  shape: 'Bản đồ hoặc bảng',
  shapes: { map: 'Bản đồ', tiles: 'Ô', table: 'Bảng' },
  indicator: 'Số liệu',
  whole: 'Toàn địa bàn',
  legend: 'Chú giải',
  only: (value: string) => `đều là ${value}`,
  below: (value: string) => `dưới ${value}`,
  from: (value: string) => `từ ${value}`,
  between: (from: string, to: string) => `${from} đến dưới ${to}`,
  /** FG163 */
  ranked: 'Xếp từ cao xuống thấp',
  rankNote: 'nơi hẹp ghi thứ hạng, tên ở danh sách xếp hạng',
  tileNote: 'nơi hẹp ghi thứ hạng, số ở danh sách xếp hạng',
  /** FG165 */
  colours: 'Màu trên bản đồ',
  shareOf: 'đơn vị đã có số liệu',
  highest: 'Cao nhất',
  lowest: 'Thấp nhất',
  series: (periods: string) => `${periods} kỳ gần nhất`,
  seriesOf: (name: string, least: string, most: string) => `${name}: thấp nhất ${least}, cao nhất ${most}`,
  leastOf: (value: string) => `thấp nhất ${value}`,
  brokenAxis: 'trục giá trị không bắt đầu từ 0',
  seriesTable: 'Bảng các kỳ',
  period: 'Kỳ',
  /** FG203 */
  save: 'Tải về',
  takeAlong: 'Tải số liệu đang xem',
  formats: { xlsx: 'Excel', csv: 'CSV' },
  /** FG100 */
  revisedTicks: (periods: string) => `vạch đậm ở trục: ${periods} kỳ đã được báo lại`,
  revisedOnce: 'đã báo lại',
  seriesFailed: 'Chưa đọc được các kỳ trước.',
  revisions: {
    title: 'Nguồn và các lần ghi',
    counts: 'đang được tính',
    held: 'chờ xem lại, chưa được tính',
    rejected: 'đã bị loại',
    replaced: 'đã được thay',
    other: 'nguồn khác được tính',
    none: 'Chưa có giá trị nào được ghi cho kỳ này.',
    failed: 'Chưa đọc được các lần ghi.',
  },
  loading: 'Đang tải số liệu…',
  failed: 'Chưa đọc được số liệu. Trang tự thử lại.',
  offline: (when: string) => `Mất kết nối. Số liệu lấy lúc ${when}`,
  table: (name: string) => `Bảng số liệu: ${name}`,
  columns: { unit: 'Đơn vị', value: 'Giá trị', change: 'Thay đổi', state: 'Tình trạng', presence: 'Kết nối' },
  sortBy: (column: string) => `Xếp theo: ${column}`,
  callUnit: (name: string) => `Gọi ${inLine(name)}`,
  call: 'Gọi',
  inside: (name: string) => `Xem bên trong ${inLine(name)}`,
};

export type FigureDeskWords = Shape<typeof vi>;
/** Words of figures, as officials read them. */
export const figureDeskWords = defineWords(vi, () => import('./desk.en.ts'));
