import { refuse } from '../../../protocol/errors.ts';
import { csvTable } from './csvTable.ts';
import { dayFirst } from './dayFirst.ts';
import type { FormatReader, RowSink } from './FormatReader.ts';

const needed = ['indicator', 'unit', 'period', 'value'];
const known = [...needed, 'status', 'seen'];

/** `indicator,unit,period,value[,status][,seen]`, in any order. */
export const csvReader = (sink: RowSink): FormatReader =>
  csvTable({
    most: sink.most,
    header: (names) => {
      const lacks = needed.filter((name) => !names.includes(name));
      if (lacks.length > 0) throw refuse('bad-request', `the header of the CSV lacks ${lacks.join(', ')}`);
      // A column that nobody reads may be a status whose name was misspelt.
      const strange = names.filter((name) => !known.includes(name));
      if (strange.length > 0)
        throw refuse('bad-request', `the CSV has columns that nobody knows; there are ${known.join(', ')}`);
    },
    cells: (row, cell) =>
      sink.row({
        row,
        ...{ indicator: cell('indicator'), unit: cell('unit'), period: dayFirst(cell('period')) },
        ...{ value: cell('value'), status: cell('status'), seen: dayFirst(cell('seen')) },
      }),
    bad: (row, fault) => sink.bad(row, fault),
  });
