import { inLine } from '../../api/contract.ts';
import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  title: 'Phòng họp riêng',
  own: (unit: string) => `Phòng họp của ${inLine(unit)}`,
  ownHint: 'Các đơn vị trực thuộc sẽ xem và nghe phòng họp này thay cho phòng họp chung. Kết thúc thì tất cả trở lại.',
  open: (unit: string) => `Mở phòng họp của ${inLine(unit)}`,
  openFor: 'Mở phòng họp cho đơn vị',
  choose: 'Chọn đơn vị',
  openIt: 'Mở',
  since: (time: string) => `từ ${time}`,
  shown: 'Các đơn vị trực thuộc đang xem phòng này',
  empty: 'Chưa có ai phát biểu: các đơn vị vẫn xem phòng họp cấp trên',
  speak: 'Vào phát biểu',
  enter: 'Vào xem',
  enterOf: (unit: string) => `Vào xem phòng họp của ${inLine(unit)}`,
  back: 'Trở về',
  here: 'Đang xem',
  common: 'Phòng họp chung',
  enterCommon: 'Xem phòng họp chung',
  end: 'Kết thúc phòng họp',
  endOf: (unit: string) => `Kết thúc phòng họp của ${inLine(unit)}`,
  endTitle: (unit: string) => `Kết thúc phòng họp của ${inLine(unit)}?`,
  endBody: 'Mọi người rời phòng này. Các đơn vị trở lại phòng họp cấp trên ngay, không phải kết nối lại.',
  watching: (unit: string) => `Thiết bị này đang xem phòng họp của ${inLine(unit)}.`,
  watchingCommon: 'Thiết bị này đang xem phòng họp chung.',
};

export type StagesWords = Shape<typeof vi>;
/** Words of stages that units hold for themselves, for officials. */
export const stagesWords = defineWords(vi, () => import('./stages.en.ts'));
