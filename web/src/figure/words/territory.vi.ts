import { type FigureState, inLine } from '../../api/contract.ts';
import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  title: (unit: string) => `Số liệu: ${unit}`,
  asOf: (when: string) => `Cập nhật ${when}`,
  failed: 'Chưa đọc được số liệu. Trang tự thử lại; những gì hiện ở đây là của lần đọc trước.',
  none: 'Chưa có số liệu nào của địa bàn này.',
  sums: {
    behind: (count: string) => `${count} đơn vị chậm`,
    behindBeside: (count: string) => `${count} đơn vị chậm, không kể nguồn im lặng`,
    held: (count: string) => `${count} giá trị chờ quyết định`,
    silent: (count: string) => `${count} nguồn im lặng`,
  },
  coverage: 'Độ phủ',
  columns: { figure: 'Số liệu', coverage: 'Đơn vị đã báo cáo', value: 'Toàn địa bàn', due: 'Hạn báo cáo' },
  states: {
    fresh: (count: string) => `${count} đúng hạn`,
    late: (count: string) => `${count} chậm`,
    stale: (count: string) => `${count} quá cũ, không tính`,
    none: (count: string) => `${count} chưa có`,
    held: (count: string) => `${count} có số mới chờ xem lại`,
    contested: (count: string) => `${count} có ý kiến khác`,
  } satisfies Record<FigureState, (count: string) => string>,
  /** Of those without a value. */
  owed: (count: string) => `${count} quá hạn mà chưa có số`,
  becauseSilent: (count: string) => `${count} trong số đó do nguồn im lặng`,
  overdue: (when: string) => `quá hạn từ ${when}`,
  behind: 'Đơn vị chậm',
  behindOf: (shown: string, all: string) => `Hiện ${shown} đơn vị chậm nhiều nhất trên ${all}.`,
  behindNone: 'Hiện không có đơn vị nào chậm.',
  behindSilent: 'Hiện không có đơn vị nào chậm, không kể các nguồn im lặng ở trên.',
  lateWith: (figures: string) => `Chậm: ${figures}`,
  since: (when: string) => `chỉ có số đến ${when}`,
  never: 'chưa có số nào trong kỳ được hỏi',
  office: 'Văn phòng',
  noTelephone: 'Chưa có số điện thoại',
  call: 'Gọi vào phòng họp',
  callUnit: (unit: string) => `Gọi ${inLine(unit)} vào phòng họp`,
  more: 'Xem thêm',
  silent: 'Nguồn im lặng',
  silentLine: (source: string, root: string, since: string) => `${source} (${inLine(root)}) im lặng từ ${since}`,
  lastWord: (figure: string, period: string, at: string) =>
    `Lần cuối: ${[figure, period].filter(Boolean).join(', ')}, nhận lúc ${at}`,
  missing: (figures: string) => `Đang thiếu: ${figures}`,
  held: 'Chờ quyết định',
  heldNone: 'Hiện không có giá trị nào chờ quyết định.',
  batchesOf: (shown: string, all: string) => `Hiện ${shown} lô mới nhất trên ${all}.`,
  contested: 'Bị phản ánh là sai',
  beside: (value: string) => `(${value})`,
  noReason: 'Đáng ngờ khi đơn vị trả lời; cần người xem lại',
  heldBatch: (values: string, source: string) => `Cả lô ${values} giá trị của ${source}`,
  receivedAt: (when: string) => `nhận lúc ${when}`,
  /** FG16 */
  contestedBy: (by: string, when: string) =>
    `${by} phản ánh là sai lúc ${when}; số vẫn được tính, có đánh dấu, cho tới khi có trả lời hoặc nguồn gửi số khác`,
};

export type FigureTerritoryWords = Shape<typeof vi>;
/** Words of the page of whoever answers for figures of a territory. */
export const figureTerritoryWords = defineWords(vi, () => import('./territory.en.ts'));
