import { type DomainError, refuse } from '../../../protocol/errors.ts';
import { cutOff } from './CutOff.ts';
import { demandShort } from './demandFew.ts';

/** Of one record, in UTF-16 units: five short columns, and whatever else a platform writes beside them. */
const LONGEST_RECORD = 8_192;

/**
 * Records of RFC 4180 out of pieces of text: commas, LF or CRLF, quotes around a whole field, doubled within. What it
 * could only guess at it refuses.
 */
export class CsvRecords {
  readonly #most: number;
  readonly #take: (fields: string[], record: number) => void;
  readonly #separator: string;
  #rest = '';
  #record = 0;

  /** @param most that a file has, without empty ones @param take a record that is not empty, and its place from 1; empty ones are counted too */
  constructor(most: number, take: (fields: string[], record: number) => void, separator: ',' | ';' = ',') {
    this.#most = most;
    this.#take = take;
    this.#separator = separator;
  }

  /** @throws DomainError `bad-request` */
  read(text: string): void {
    const all = this.#rest + text;
    let begin = 0;
    for (let end = endOf(all, begin); end >= 0; end = endOf(all, begin)) {
      this.#add(all.slice(begin, all[end - 1] === '\r' ? end - 1 : end));
      begin = end + 1;
    }
    this.#rest = all.slice(begin);
    if (this.#rest.length > LONGEST_RECORD) throw tooLong(this.#record + 1);
  }

  /** @throws DomainError `bad-request` */
  end(): void {
    if (this.#rest !== '') this.#add(this.#rest);
    this.#rest = '';
  }

  #add(record: string): void {
    if (record.length > LONGEST_RECORD) throw tooLong(this.#record + 1);
    this.#record += 1;
    demandShort(this.#record, this.#most);
    if (record === '') return;
    const fields = record.includes('"') ? quotedFields(record, this.#separator) : record.split(this.#separator);
    if (!fields)
      throw refuse('bad-request', {
        vi: `Dòng ${this.#record} của tệp CSV có dấu ngoặc kép không được đóng hoặc không được viết đôi`,
        en: `row ${this.#record} of the CSV has a quote that is not closed or doubled`,
      });
    this.#take(fields, this.#record);
  }
}

const tooLong = (row: number): DomainError =>
  refuse('bad-request', {
    vi: `Dòng ${row} của tệp CSV dài hơn ${LONGEST_RECORD} ký tự`,
    en: `row ${row} of the CSV is longer than ${LONGEST_RECORD} characters`,
  });

const VALUES = ['value', 'OBS_VALUE'];

/**
 * Whether the last record of a CSV was cut off, where no line break ends it: it has too few fields, or an empty value. Google Sheets
 * never ends a file with a line break, so a record with all its fields counts as whole. (FG148)
 */
export const lacksItsEnd = (fields: readonly string[], columns: readonly string[]): boolean =>
  fields.length < columns.length || (fields.at(-1) === '' && VALUES.includes(columns.at(-1) ?? ''));

export const endMissing = () => cutOff({ vi: 'Tệp CSV bị cắt ở dòng cuối', en: 'the CSV is cut off in its last row' });

/** Where the record ends that begins there: its LF, outside of quotes. -1: it goes on. */
function endOf(text: string, begin: number): number {
  let quoted = false;
  for (let from = begin; ; ) {
    const end = text.indexOf('\n', from);
    if (end < 0) return -1;
    if (hasOddQuotes(text.slice(from, end))) quoted = !quoted;
    if (!quoted) return end;
    from = end + 1;
  }
}

function hasOddQuotes(text: string): boolean {
  let odd = false;
  for (let quote = text.indexOf('"'); quote >= 0; quote = text.indexOf('"', quote + 1)) odd = !odd;
  return odd;
}

/** undefined: a quote stands where none may. */
function quotedFields(record: string, separator: string): string[] | undefined {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    let end: number;
    if (record[at] === '"') {
      end = at + 1;
      for (;;) {
        end = record.indexOf('"', end);
        if (end < 0) return undefined;
        if (record[end + 1] !== '"') break;
        end += 2;
      }
      fields.push(record.slice(at + 1, end).replaceAll('""', '"'));
      end += 1;
      if (end < record.length && record[end] !== separator) return undefined;
    } else {
      const comma = record.indexOf(separator, at);
      end = comma < 0 ? record.length : comma;
      const field = record.slice(at, end);
      if (field.includes('"')) return undefined;
      fields.push(field);
    }
    if (end >= record.length) return fields;
    at = end + 1;
  }
}
