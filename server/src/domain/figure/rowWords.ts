import type { RowError } from '../../protocol/figureBatch.ts';
import { type Indicator, LARGEST_VALUE } from '../../protocol/figureDefinition.ts';
import { decimalOf } from '../../protocol/figureValue.ts';
import { LONGEST_REASON } from '../../protocol/limits.ts';

/** What is said to whoever sent a row that is refused. */
const words: Readonly<Record<RowError['reason'], RowError['say']>> = {
  'unknown-unit': {
    vi: 'Không có đơn vị mang mã này (mã giữ đủ số 0 ở đầu) hay tên này trong địa bàn, hoặc số liệu của nó được cộng từ các đơn vị bên dưới',
    en: 'No unit has this code (with all its zeros), or this name in the territory, or its figure is the sum of the units below it',
  },
  'closed-unit': { vi: 'Đơn vị mang mã này không còn hoạt động', en: 'The unit with this code is closed' },
  'other-unit': {
    vi: 'Danh mục đơn vị không cho biết mã này là đơn vị nào vào kỳ này; có thể là một đơn vị khác, nên chưa nhận giá trị',
    en: 'The roster does not say which unit had this code in this period; it may have been another one, so the value is not taken yet',
  },
  'several-units': {
    vi: 'Trong địa bàn có nhiều đơn vị cùng tên này; hãy ghi mã đơn vị',
    en: 'Several units in the territory have this name; write the code of the unit',
  },
  'unknown-indicator': { vi: 'Không có chỉ tiêu mang mã này', en: 'No indicator has this code' },
  'outside-territory': {
    vi: 'Đơn vị nằm ngoài địa bàn của nguồn số liệu',
    en: 'The unit is outside the territory of the source',
  },
  'not-reporting': {
    vi: 'Đơn vị này không thuộc diện báo cáo chỉ tiêu này',
    en: 'This unit does not report this indicator',
  },
  'not-yours': {
    vi: 'Nguồn số liệu không được gửi chỉ tiêu này',
    en: 'This source may not send this indicator',
  },
  'bad-value': {
    vi: 'Không phải số, quá nhiều chữ số thập phân, ngoài giới hạn, hoặc không khớp với trạng thái',
    en: 'Not a number, too many decimals, outside the limits, or inconsistent with the status',
  },
  'bad-period': {
    vi: 'Kỳ phải là một ngày (2026-09-02) hoặc một thời điểm có múi giờ (2026-09-02T07:00:00+07:00), từ năm 1900',
    en: 'A period is a day (2026-09-02), or a moment with its offset (2026-09-02T07:00:00+07:00), since 1900',
  },
  future: { vi: 'Kỳ này chưa đến', en: 'This period has not begun' },
  archived: {
    vi: 'Số liệu của tháng này đã đưa vào lưu trữ; muốn ghi thêm, đề nghị người vận hành mở lại tháng',
    en: 'The figures of this month are archived; an operator can reopen it',
  },
  contradiction: {
    vi: 'Tệp có nhiều giá trị khác nhau cho cùng một ô',
    en: 'The file has different values for the same cell',
  },
  'no-reason': {
    vi: 'Giá trị này đã quá hạn, nên khi sửa phải nêu lý do',
    en: 'This value was already due, so a correction needs a reason',
  },
};

export const sayOf = (reason: RowError['reason']): RowError['say'] => words[reason];

/** Zeros at the end are no decimals, as `stepsOf` has it. */
const NUMBER = /^[+-]?\d+(?:\.(?=\d)(\d*?)0*)?$/;

/** FG2: what of a value does not fit, and what would. @param text a decimal with a point, if it is a number */
export function sayValue(text: string, { scale, bounds }: Pick<Indicator, 'scale' | 'bounds'>): RowError['say'] {
  const [number, decimals = ''] = NUMBER.exec(text) ?? [];
  if (number === undefined) return { vi: 'Không phải số', en: 'Not a number' };
  if (decimals.length > scale && scale === 0) return { vi: 'Phải là số nguyên', en: 'It has to be a whole number' };
  if (decimals.length > scale)
    return { vi: `Nhiều nhất ${scale} chữ số thập phân`, en: `At most ${scale} decimal${scale === 1 ? '' : 's'}` };
  const [least, most] = (bounds?.hard ?? [-LARGEST_VALUE, LARGEST_VALUE]).map((limit) => decimalOf(limit, scale));
  return { vi: `Ngoài giới hạn: từ ${least} đến ${most}`, en: `Outside the limits: from ${least} to ${most}` };
}

/** As long as all of it may be with the sentence before it. */
const LONGEST_LIST = LONGEST_REASON - 150;
const LONGEST_ABOVE = 30;

/** Lists the units that share a name: code and unit above of each, the first ones of a long list, and how many more. (FG150) */
export function saySeveral(units: readonly { readonly code: string; readonly above: string }[]): RowError['say'] {
  const { vi, en } = words['several-units'];
  let [list, told] = ['', 0];
  for (const { code, above } of units) {
    const next = above === '' ? code : `${code} (${above.slice(0, LONGEST_ABOVE)})`;
    if (list.length + next.length > LONGEST_LIST) break;
    list += told === 0 ? next : `, ${next}`;
    told += 1;
  }
  const more = units.length - told;
  const others = more > 0 ? { vi: ` và ${more} đơn vị khác`, en: ` and ${more} more` } : { vi: '', en: '' };
  return { vi: `${vi}: ${list}${others.vi}`, en: `${en}: ${list}${others.en}` };
}

/** Named are so many of those that took a place; the rest is counted. */
const MOST_HEIRS = 3;
const LONGEST_HEIR = 60;

/** Of a closed unit, with who took its place, as far as that is known. */
export function sayClosed(heirs: readonly { readonly code: string; readonly name: string }[]): RowError['say'] {
  const { vi, en } = words['closed-unit'];
  if (heirs.length === 0) return { vi, en };
  const named = heirs.slice(0, MOST_HEIRS).map(({ code, name }) => `${name.slice(0, LONGEST_HEIR)} (${code})`);
  const more = heirs.length - named.length;
  const others = more > 0 ? { vi: ` và ${more} đơn vị khác`, en: ` and ${more} more` } : { vi: '', en: '' };
  const list = named.join(', ');
  return { vi: `${vi}. Thay vào đó là: ${list}${others.vi}`, en: `${en}. Replaced by: ${list}${others.en}` };
}

/** Of a code that may have meant another unit, with the day from which the roster knows it as that of today. (FG167) */
export function sayOther(unit: { readonly name: string; readonly validFrom?: string } | undefined): RowError['say'] {
  const { vi, en } = words['other-unit'];
  if (unit?.validFrom === undefined) return { vi, en };
  const name = unit.name.slice(0, LONGEST_HEIR);
  const day = unit.validFrom.split('-').reverse().join('/');
  return { vi: `${vi}. Mã này là của ${name} từ ngày ${day}`, en: `${en}. It is that of ${name} since ${day}` };
}
