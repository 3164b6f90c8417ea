import { inLine } from '../../api/contract.ts';
import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  title: 'Phòng họp riêng',
  own: (unit: string) => `Phòng họp của ${inLine(unit)}`,
  ownHint: 'Các đơn vị trực thuộc sẽ xem và nghe phòng họp này thay cho phòng họp chung. Kết thúc thì tất cả trở lại.',
  notLive: 'Mở được khi phiên họp đang phát.',
  open: (unit: string) => `Mở phòng họp của ${inLine(unit)}`,
  openTitle: (unit: string) => `Mở phòng họp của ${inLine(unit)}?`,
  openBody: (here: string, whom: string) =>
    `${here} đơn vị trực thuộc đang kết nối sẽ chuyển sang phòng này, không thấy, không nghe ${whom} nữa. Kết thúc phòng thì tất cả trở lại.`,
  openBodyAll: (whom: string) =>
    `Các đơn vị trực thuộc sẽ chuyển sang phòng này, không thấy, không nghe ${whom} nữa. Kết thúc phòng thì tất cả trở lại.`,
  openYes: 'Mở phòng',
  openedBy: (who: string) => `${who} mở`,
  enterTitle: (room: string) =>
    `Rời sóng để xem ${room === 'Phòng họp chung' ? 'phòng họp chung' : `phòng họp của ${inLine(room)}`}?`,
  visitTitle: (unit: string) => `Rời sóng để thăm phòng họp của ${inLine(unit)}?`,
  awayBody: 'Quý vị đang trên sóng. Người đang xem sẽ không thấy, không nghe quý vị cho tới khi trở lại.',
  openFor: 'Mở phòng cho đơn vị',
  choose: 'Chọn đơn vị',
  openIt: 'Mở',
  since: (time: string) => `từ ${time}`,
  shown: 'Các đơn vị trực thuộc đang xem phòng này',
  elsewhere: 'Các đơn vị trực thuộc đang xem phòng họp cấp trên',
  empty: 'Chưa có ai phát biểu: các đơn vị vẫn xem phòng họp cấp trên',
  speak: 'Vào phát biểu',
  held: {
    both: 'Chưa ai ở đây thấy hình, nghe tiếng của trang này. Bấm “Bật tiếng”, “Bật hình” khi muốn phát.',
    camera: 'Hình của trang này chưa phát. Bấm “Bật hình” khi muốn.',
    microphone: 'Tiếng của trang này chưa phát. Bấm “Bật tiếng” khi muốn.',
  },
  enter: 'Vào xem',
  enterOf: (unit: string) => `Vào xem phòng họp của ${inLine(unit)}`,
  visit: 'Vào thăm',
  visitOf: (unit: string) => `Vào thăm phòng họp của ${inLine(unit)}, có hình và tiếng`,
  visitAfterCall: 'Thiết bị này đang trong cuộc gọi. Kết thúc cuộc gọi rồi mới vào thăm được phòng khác.',
  visiting: (unit: string) => `Đang thăm phòng họp của ${inLine(unit)}: mọi người ở đó thấy và nghe mình.`,
  airTo: (unit: string) => `Đang phát tới phòng họp của ${inLine(unit)}`,
  airBut: (rooms: number) => `Đang phát, trừ ${rooms} phòng riêng`,
  endVisit: 'Kết thúc thăm',
  all: 'Xem tất cả phòng họp riêng',
  allOf: (rooms: string, speaking: string) => `${rooms} phòng họp riêng, ${speaking}\u00a0phòng có người phát biểu`,
  none: 'Không còn phòng họp riêng nào.',
  nobody: 'Chưa có ai phát biểu',
  looksFailed: 'Chưa tải được hình các phòng. Trang tự thử lại.',
  looksOf: (time: string) => `Chưa cập nhật được: hình và số đơn vị đang xem là lúc ${time}. Trang tự thử lại.`,
  up: 'Đang xem cấp trên',
  watchingUnits: (units: string) => `${units} đơn vị đang xem`,
  roomSaid: (unit: string, people: string) =>
    `Phòng họp của ${inLine(unit)}, ${people ? `đang phát biểu: ${people}` : 'chưa có ai phát biểu'}`,
  here: 'Đang xem',
  common: 'Phòng họp chung',
  enterCommon: 'Xem phòng họp chung',
  end: 'Kết thúc phòng họp',
  endOf: (unit: string) => `Kết thúc phòng họp của ${inLine(unit)}`,
  report: 'Báo cáo',
  reportOf: (unit: string) => `Báo cáo phòng họp của ${inLine(unit)}`,
  endTitle: (unit: string) => `Kết thúc phòng họp của ${inLine(unit)}?`,
  endBody: 'Mọi người rời phòng này. Các đơn vị trở lại phòng họp cấp trên ngay, không phải kết nối lại.',
  watching: (unit: string) => `Thiết bị này đang xem phòng họp của ${inLine(unit)}.`,
  watchingCommon: 'Thiết bị này đang xem phòng họp chung.',
  breakOut: 'Chia phòng riêng',
  breakOutTitle: (n: number) => `Chia thành ${n} phòng họp riêng?`,
  breakOutBody:
    'Mỗi đơn vị cấp dưới có phòng họp riêng ngay, do cán bộ điều hành của đơn vị đó chủ trì. Nơi chưa có ai chủ trì vẫn xem phòng họp này.',
  brokenOut: (open: number, empty: number) =>
    empty === 0
      ? `Đã mở ${open} phòng họp riêng.`
      : `Đã mở ${open} phòng họp riêng; ${empty} phòng chưa có người chủ trì.`,
  eyes: 'Mời tất cả xem phòng này',
  eyesOff: 'Để các phòng riêng họp tiếp',
  eyesOn: 'Tất cả đang được mời xem phòng này. Các phòng riêng vẫn mở.',
  unheard: 'Hiện không ai thấy hình hay nghe tiếng từ trang này.',
  back: 'Trở về',
  callBack: 'Kết thúc các phòng riêng',
  callBackTitle: (n: number) => `Kết thúc ${n} phòng họp riêng?`,
  callBackBody: (seconds: number) =>
    `Mọi phòng thấy đếm ngược ${seconds} giây, rồi tất cả trở lại đây, không phải kết nối lại.`,
  backIn: (seconds: number) => `Kết thúc sau ${seconds} giây`,
  stay: 'Huỷ đếm ngược',
};

export type StagesWords = Shape<typeof vi>;
/** Words of stages that units hold for themselves, for officials. */
export const stagesWords = defineWords(vi, () => import('./stages.en.ts'));
