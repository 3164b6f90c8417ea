import { refuse } from '../../../protocol/errors.ts';
import { demandShort } from './demandFew.ts';
import type { FormatReader, RowSink } from './FormatReader.ts';
import { parsedObject } from './parsedObject.ts';

const LONGEST_LINE = 8_192;
const known = new Set(['indicator', 'unit', 'period', 'value', 'status', 'seen']);

/** An object a line, with the names of the columns of CSV. A number is taken as it is written, not as a float has it. */
export function ndjsonReader(sink: RowSink): FormatReader {
  let rest = '';
  let row = 0;
  const add = (line: string): void => {
    row += 1;
    demandShort(row, sink.most);
    if (line.length > LONGEST_LINE)
      throw refuse('bad-request', `line ${row} is longer than ${LONGEST_LINE} characters`);
    if (line.trim() === '') return;
    const found = parsedObject(line, `line ${row}`);
    for (const name in found)
      if (!known.has(name))
        throw refuse('bad-request', `line ${row} has fields that nobody knows; there are ${[...known].join(', ')}`);
    const { indicator, unit, period, value, status, seen } = found;
    sink.row({ row, indicator, unit, period, value, status, seen });
  };
  return {
    read: (text) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) add(line);
      if (rest.length > LONGEST_LINE)
        throw refuse('bad-request', `line ${row + 1} is longer than ${LONGEST_LINE} characters`);
    },
    end: () => {
      if (rest !== '') add(rest);
      rest = '';
    },
  };
}
