import { type DomainError, refuse } from '../../../protocol/errors.ts';
import { csvTable } from './csvTable.ts';
import { dayFirst } from './dayFirst.ts';
import type { FormatReader, RowSink } from './FormatReader.ts';

const needed = ['indicator', 'unit', 'period', 'value'];
const known = [...needed, 'status', 'seen'];

const LONGEST_NAME = 64;
const lacking = (columns: string): DomainError =>
  refuse('bad-request', {
    vi: `Dòng tiêu đề của tệp CSV thiếu cột ${columns}`,
    en: `the header of the CSV lacks ${columns}`,
  });

function unknownColumn(name: string): DomainError {
  const column = JSON.stringify(name.slice(0, LONGEST_NAME).toWellFormed());
  return refuse('bad-request', {
    vi: `Tệp CSV có cột ${column} không có trong quy định; các cột là ${known.join(', ')}`,
    en: `the CSV has a column ${column} that nobody knows; there are ${known.join(', ')}`,
  });
}

/** `indicator,unit,period,value[,status][,seen]`, in any order. */
export const csvReader = (sink: RowSink): FormatReader =>
  csvTable({
    most: sink.most,
    header: (names) => {
      const lacks = needed.filter((name) => !names.includes(name));
      if (lacks.length > 0) throw lacking(lacks.join(', '));
      // A column that nobody reads may be a status whose name was misspelt.
      const strange = names.filter((name) => !known.includes(name));
      if (strange.length > 0) throw unknownColumn(strange[0] ?? '');
    },
    cells: (row, cell) =>
      sink.row({
        row,
        ...{ indicator: cell('indicator'), unit: cell('unit'), period: dayFirst(cell('period')) },
        ...{ value: cell('value'), status: cell('status'), seen: dayFirst(cell('seen')) },
      }),
    bad: (row, fault) => sink.bad(row, fault),
  });
