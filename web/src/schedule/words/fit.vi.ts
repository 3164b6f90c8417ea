import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  fits: (devices: string, nodes: string) =>
    `Đủ chỗ: ${nodes} máy chủ đang chạy tải được ${devices} đơn vị, kể cả khi một máy hỏng.`,
  'no-spare': (devices: string, nodes: string, left: string) =>
    `Đủ chỗ cho ${devices} đơn vị, nhưng không có dự phòng: nếu máy chủ lớn nhất trong ${nodes} máy hỏng, chỉ còn chỗ cho ${left}.`,
  'only-one': (devices: string) =>
    `Đủ chỗ cho ${devices} đơn vị, nhưng không có dự phòng: chỉ có một máy chủ đang chạy.`,
  'does-not-fit': (devices: string, carries: string, nodes: string, missing: string) =>
    `Không đủ chỗ: ${devices} đơn vị dự họp, ${nodes} máy chủ đang chạy chỉ tải được ${carries}. Thiếu chỗ cho ${missing} đơn vị.`,
  unknown: 'Lúc này chưa biết có những máy chủ nào đang chạy, nên chưa biết có đủ chỗ không.',
  short: (what: string) => `Thiếu: ${what}.`,
  none: 'Không máy chủ nào đang nhận người vào.',
  means: {
    workers: 'bộ xử lý cho hình và tiếng',
    signalling: 'bộ xử lý cho điều khiển',
    line: 'đường truyền',
    memory: 'bộ nhớ',
    pipePorts: 'cổng giữa các máy chủ',
  },
  why: 'Lý do vẫn tổ chức',
  given: (reason: string) => `Lý do đã ghi khi lên lịch: “${reason}”.`,
  whyHint: 'Lý do được ghi vào hồ sơ phiên họp, cùng các con số trên.',
  whyMissing: 'Nêu lý do vẫn tổ chức khi máy chủ không đủ chỗ.',
};

export type FitWords = Shape<typeof vi>;
/** Whether the servers carry a briefing (PL29), and why it is held all the same (PL30). */
export const fitWords = defineWords(vi, () => import('./fit.en.ts'));
