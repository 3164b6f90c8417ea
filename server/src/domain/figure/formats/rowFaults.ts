import type { RowError } from '../../../protocol/figureBatch.ts';
import type { NumberStyle } from '../../../protocol/figureValue.ts';

/** What is wrong with a row, whichever it is. */
export type RowFault = Omit<RowError, 'row'>;

const longestShown = 64;

/** As much of it as is told back, and kept with the answer: half a letter and U+0000 are nothing that could be. */
const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.slice(0, longestShown).toWellFormed().replaceAll('\u0000', '\uFFFD');
};

export const fieldsFault = (has: number, wanted: number): RowFault => ({
  reason: 'bad-value',
  say: {
    vi: `dòng có ${has} cột, dòng tiêu đề có ${wanted}; số thập phân viết bằng dấu chấm (12.5)`,
    en: `the row has ${has} fields, the header has ${wanted}; decimals are written with a point (12.5)`,
  },
});

const emptySay = {
  vi: 'ô trống: hãy ghi số, hoặc ghi trạng thái O nếu thật sự không có số',
  en: 'the cell is empty: write a number, or status O where there really is none',
};
export const emptyFault: RowFault = { column: 'value', reason: 'bad-value', say: emptySay };

const noneSay = {
  vi: 'trạng thái O nghĩa là không có số, nhưng dòng này lại có số',
  en: 'status O says that there is none, but the row has a value',
};
export const valueWithNoneFault: RowFault = { column: 'status', value: 'O', reason: 'bad-value', say: noneSay };

/** SDMX: a power of ten by which everything would have to be multiplied. */
export const multipliedFault = (power: string): RowFault => ({
  ...{ column: 'value', value: shown(power), reason: 'bad-value' },
  say: {
    vi: `UNIT_MULT là ${shown(power)}: hãy gửi số đầy đủ, không nhân lũy thừa`,
    en: `UNIT_MULT is ${shown(power)}: send the number itself, without a power of ten`,
  },
});

/** SDMX: nothing is ever erased. */
export const actionFault = (action: string): RowFault => ({
  ...{ column: 'value', value: shown(action), reason: 'bad-value' },
  say: {
    vi: `ACTION ${shown(action)}: số liệu không bị xóa; hãy gửi trạng thái O nếu không có số`,
    en: `ACTION ${shown(action)}: nothing is erased; send status O where there is none`,
  },
});

/** DHIS2: a part of a figure must not be taken for the whole. */
export const partFault = (combination: unknown): RowFault => ({
  ...{ column: 'indicator', value: shown(combination), reason: 'unknown-indicator' },
  say: {
    vi: `chỉ nhận số tổng (default), không nhận số tách theo ${shown(combination)}`,
    en: `only totals (default) are taken, not those of ${shown(combination)} alone`,
  },
});

/** By the column that does not even have the form of what belongs there. */
export const formFaults = {
  indicator: {
    reason: 'unknown-indicator',
    say: { vi: 'mã chỉ tiêu phải là chuỗi ngắn', en: 'the code of an indicator is a short text' },
  },
  unit: {
    reason: 'unknown-unit',
    say: {
      vi: 'mã đơn vị phải là chuỗi, giữ đủ số 0 ở đầu ("00001")',
      en: 'the code of a unit is a text with all its zeros ("00001")',
    },
  },
  period: {
    reason: 'bad-period',
    say: {
      vi: 'kỳ phải là ngày (2026-11-26) hoặc ngày giờ có múi giờ (2026-11-26T17:00+07:00)',
      en: 'a period is a date (2026-11-26), or a date and time with its offset (2026-11-26T17:00+07:00)',
    },
  },
  value: {
    reason: 'bad-value',
    say: { vi: 'không phải số thập phân viết bằng dấu chấm', en: 'not a decimal number written with a point' },
  },
  status: {
    reason: 'bad-value',
    say: { vi: 'trạng thái chỉ là A, P, E, B hoặc O', en: 'a status is one of A, P, E, B and O' },
  },
} as const;

/** @param column of a row, or another that no error names */
export const formFault = (column: string, value: unknown): RowFault => {
  if (column in formFaults) {
    const named = column as keyof typeof formFaults;
    return { column: named, ...(value !== undefined && { value: shown(value) }), ...formFaults[named] };
  }
  const say = {
    vi: 'seen phải là ngày giờ có múi giờ (2026-11-26T17:00+07:00)',
    en: 'seen is a date and time with its offset (2026-11-26T17:00+07:00)',
  };
  return { value: shown(value), reason: 'bad-period', say };
};

const samples = { vi: '1.234,5', en: '1,234.5', plain: '1234.5' } satisfies Record<NumberStyle, string>;

/** FG73: no number in the style that was declared. */
export const styleFault = (style: NumberStyle, value: unknown): RowFault => ({
  ...formFault('value', value),
  say: {
    vi: `không phải số viết theo kiểu đã chọn (${samples[style]})`,
    en: `not a number written in the chosen style (${samples[style]})`,
  },
});
