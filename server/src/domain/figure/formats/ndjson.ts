import { type DomainError, refuse, type Said } from '../../../protocol/errors.ts';
import { demandShort } from './demandFew.ts';
import type { FormatReader, RowSink } from './FormatReader.ts';
import { parsedObject } from './parsedObject.ts';

const LONGEST_LINE = 8_192;
const LONGEST_NAME = 64;
const known = new Set(['indicator', 'unit', 'period', 'value', 'status', 'seen']);

const lineOf = (row: number): Said => ({ vi: `dòng ${row}`, en: `line ${row}` });
const tooLong = (row: number): DomainError =>
  refuse('bad-request', {
    vi: `dòng ${row} dài hơn ${LONGEST_LINE} ký tự`,
    en: `line ${row} is longer than ${LONGEST_LINE} characters`,
  });

function strange(row: number, name: string): DomainError {
  const field = JSON.stringify(name.slice(0, LONGEST_NAME));
  const all = [...known].join(', ');
  return refuse('bad-request', {
    vi: `dòng ${row} có trường ${field} không có trong quy định; các trường là ${all}`,
    en: `line ${row} has a field ${field} that nobody knows; there are ${all}`,
  });
}

/** An object a line, with the names of the columns of CSV. A number is taken as it is written, not as a float has it. */
export function ndjsonReader(sink: RowSink): FormatReader {
  let rest = '';
  let row = 0;
  const add = (line: string): void => {
    row += 1;
    demandShort(row, sink.most);
    if (line.length > LONGEST_LINE) throw tooLong(row);
    if (line.trim() === '') return;
    const found = parsedObject(line, () => lineOf(row));
    for (const name in found) if (!known.has(name)) throw strange(row, name);
    const { indicator, unit, period, value, status, seen } = found;
    sink.row({ row, indicator, unit, period, value, status, seen });
  };
  return {
    read: (text) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) add(line);
      if (rest.length > LONGEST_LINE) throw tooLong(row + 1);
    },
    end: () => {
      if (rest !== '') add(rest);
      rest = '';
    },
  };
}
