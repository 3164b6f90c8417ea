import type { Said } from '../../protocol/errors.ts';
import { FIGURE_CODE } from '../../protocol/figure.ts';
import { UNIT_CODE } from '../../protocol/organisation.ts';

const both = (vi: string, en: string): Said => ({ vi, en });

export const ODD: Said = both('không đúng dạng', 'does not have the expected form');
export const NOT_ALLOWED: Said = both('không được chấp nhận', 'is not allowed');

const WHOLE_NUMBER = both('phải là số nguyên', 'must be a whole number');
const OBJECT = both('phải là một đối tượng JSON', 'must be a JSON object');

/** What is expected of a field of the wrong type. */
export const typeWords: Readonly<Record<string, Said>> = {
  string: both('phải là văn bản', 'must be a text'),
  number: both('phải là một số', 'must be a number'),
  int: WHOLE_NUMBER,
  bigint: WHOLE_NUMBER,
  boolean: both('phải là true hoặc false', 'must be true or false'),
  array: both('phải là một danh sách', 'must be a list'),
  tuple: both('phải là một danh sách', 'must be a list'),
  object: OBJECT,
  record: OBJECT,
  null: both('phải là null', 'must be null'),
  date: both('phải là một ngày', 'must be a date'),
};

/** What is expected of a text, by its format or its pattern. */
export const formWords: Readonly<Record<string, Said>> = {
  uuid: both('phải là một UUID', 'must be a UUID'),
  datetime: both(
    'phải là ngày giờ kèm múi giờ (2026-11-26T17:42:00+07:00)',
    'must be a date and time with its offset (2026-11-26T17:42:00+07:00)',
  ),
  date: both('phải là một ngày (2026-11-26)', 'must be a date (2026-11-26)'),
  time: both('phải là giờ trong ngày (17:42)', 'must be a time of day (17:42)'),
  email: both('phải là một địa chỉ thư điện tử', 'must be a mail address'),
  url: both('phải là một địa chỉ mạng (https://…)', 'must be an address (https://…)'),
  [String(FIGURE_CODE)]: both(
    'phải là mã gồm chữ thường không dấu, chữ số và dấu gạch nối, bắt đầu bằng chữ',
    'must be a code of small letters, digits and hyphens that begins with a letter',
  ),
  [String(UNIT_CODE)]: both(
    'phải là mã đơn vị gồm chữ thường không dấu, chữ số và dấu gạch nối',
    'must be the code of a unit: small letters, digits and hyphens',
  ),
  [String(/^[0-9a-f]{64}$/)]: both('phải gồm 64 chữ số hệ 16', 'must be 64 hexadecimal digits'),
};

/** Sentences that contracts have of their own. */
export const ownWords: Readonly<Record<string, Said>> = Object.fromEntries(
  [
    both('có ký tự không lưu được', 'holds a character that no record can keep'),
    both(
      'tên chỉ gồm chữ, số và dấu nhìn thấy được, mỗi từ thuộc một hệ chữ, không có hình',
      'a name has letters, digits and signs that are seen, of one script in a word, and no pictures',
    ),
    both('tên chỉ gồm ký tự nhìn thấy được', 'a name has characters that are seen, alone'),
    both('phải có họ tên hoặc chức danh', 'says neither a name nor a title'),
    both('không có năm 0', 'there is no year 0'),
    both('ngoài khoảng thời gian của số liệu', 'no figure is that old, or that far ahead'),
    both(
      'số điện thoại chỉ gồm chữ số, dấu cách và + ( ) . - #',
      'a telephone number has digits, spaces and + ( ) . - # only',
    ),
    both('số điện thoại phải có ít nhất ba chữ số', 'a telephone number has three digits at least'),
    both('có nội dung lặp lại', 'says something twice'),
  ].map((said) => [said.en, said]),
);
