import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  simulated: 'SỐ LIỆU MÔ PHỎNG',
  period: {
    at: (hour: string) => `lúc ${hour}`,
    hours: (from: string, to: string) => `${from}–${to}`,
    of: (time: string, date: string) => `${time} ngày\u00a0${date}`,
    day: (date: string) => `ngày\u00a0${date}`,
    week: (date: string) => `tuần từ ${date}`,
    month: (month: string) => `tháng ${month}`,
  },
  noValue: 'chưa có',
  coverage: (counted: string, expected: string) => `${counted}/${expected} đơn vị`,
  /** FG172 */
  unweighed: {
    ratio: 'chưa rõ mẫu số',
    weighted: 'chưa rõ trọng số',
    /** FG175: of a rate: people, or whatever it is per. */
    people: (what: string) => `chưa rõ số ${what}`,
    of: (what: string, units: string) => `${what} của ${units} đơn vị`,
  },
  announced: 'số công bố',
  /** What stands from a period before. */
  announcedBefore: (period: string) => `số công bố của kỳ trước: ${period}`,
  unannounced: 'chưa công bố cho kỳ này',
  /** The same in a narrow column: of this period, and of one before. */
  short: {
    announced: 'công bố',
    of: (period: string) => `kỳ ${period}`,
    unweighed: (units: string) => `${units} chưa rõ`,
  },
  before: (units: string) => `${units} đơn vị có số công bố của kỳ trước`,
  /** Of how many units a sum is, within a sentence. */
  outOf: (coverage: string) => `từ ${coverage}`,
  asOf: (time: string) => `Cập nhật ${time}`,
  oldest: (when: string) => `cũ nhất ${when}`,
  /** FG141: of a period that is not the one that is shown, or not whole yet. */
  come: {
    coming: (period: string, counted: string, expected: string) =>
      `Kỳ ${period} đang về: ${counted}/${expected} đơn vị`,
    there: (period: string, counted: string, expected: string) =>
      `Đã có kỳ mới hơn, ${period}: ${counted}/${expected} đơn vị`,
    unannounced: (period: string) => `Kỳ ${period} chưa công bố`,
    announced: (period: string) => `Đã công bố kỳ mới hơn, ${period}`,
  },
  /** FG143: of the units of a territory. */
  marks: {
    held: (units: string) => `${units} đơn vị có số mới chờ xem lại`,
    withheld: (units: string) => `${units} đơn vị có số chờ xem lại, chưa tính`,
    contested: (units: string) => `${units} đơn vị có ý kiến khác`,
    stale: (units: string) => `${units} đơn vị có số quá cũ, không tính`,
    late: (units: string) => `${units} đơn vị chậm`,
  },
  /** The same where the coverage stands beside it. */
  marksShort: {
    held: (units: string) => `${units} chờ xem lại`,
    withheld: (units: string) => `${units} chờ xem lại, chưa tính`,
    contested: (units: string) => `${units} có ý kiến khác`,
    stale: (units: string) => `${units} quá cũ`,
    late: (units: string) => `${units} chậm`,
  },
  only: (value: string) => `đều là ${value}`,
  below: (value: string) => `dưới ${value}`,
  from: (value: string) => `từ ${value}`,
  between: (from: string, to: string) => `${from} đến dưới ${to}`,
  legend: 'Chú giải',
  /** Of a cell that is in outline. */
  without: 'chưa có số',
  /** Of the bar at the foot of a place. */
  partly: 'chưa đủ đơn vị có số',
  /** Of the star at a value. */
  ofBefore: 'số công bố của kỳ trước',
  highest: 'Cao nhất',
  lowest: 'Thấp nhất',
  leastOf: (value: string) => `thấp nhất ${value}`,
  /** FG171: of a series, in few letters. */
  brokenAxis: 'trục không từ 0',
  columns: { unit: 'Đơn vị', value: 'Giá trị', coverage: 'Độ phủ', period: 'Kỳ' },
  table: (name: string, root: string) => `${name}, ${root}`,
  seaOf: (province: string) => `(${province})`,
  countedIn: (province: string) => `nếu có, tính vào ${province}`,
  noReport: 'không có đơn vị báo cáo',
  pointed: (name: string, value: string) => `Đang chỉ: ${name}, ${value}`,
  spoken: (name: string, root: string, period: string, value: string, of: string) =>
    `Đang chiếu số liệu: ${name}, ${root}${period}: ${value}, ${of}.`,
  beside: 'Số liệu chiếu kèm',
  spokenBeside: (name: string, value: string, of: string) => `Kèm theo: ${name}: ${value}, ${of}.`,
  spokenSimulated: 'Đây là số liệu mô phỏng.',
  communesLater: 'Tên từng đơn vị đang tới.',
  communesCome: (had: string, of: string) => `Tên từng đơn vị đang tới: ${had}/${of}.`,
};

export type StagedWords = Shape<typeof vi>;
/** Words of figures that are on the stage. */
export const stagedWords = defineWords(vi, () => import('./staged.en.ts'));
