import { refuse } from '../../../protocol/errors.ts';
import { csvTable } from './csvTable.ts';
import type { FormatReader, RowSink } from './FormatReader.ts';
import { actionFault, multipliedFault } from './rowFaults.ts';

const needed = ['INDICATOR', 'REF_AREA', 'TIME_PERIOD', 'OBS_VALUE'];
/** Of SDMX-CSV 2.0: append, replace, inform, merge. Which of them it is makes no difference where nothing is erased. */
const actions = new Set([undefined, '', 'A', 'R', 'I', 'M']);

/** SDMX-CSV 1.0 and 2.0 with labels=id. Other dimensions and attributes are nobody's business here. */
export const sdmxCsvReader = (sink: RowSink): FormatReader =>
  csvTable({
    most: sink.most,
    header: (names) => {
      const lacks = needed.filter((name) => !names.includes(name));
      if (lacks.length === 0) return;
      const isLabelled = names.some((name) => name.includes(':'));
      const columns = lacks.join(', ');
      throw refuse('bad-request', {
        vi: `Dòng tiêu đề của SDMX-CSV thiếu cột ${columns}${isLabelled ? ' (hãy gửi với labels=id)' : ''}`,
        en: `the header of the SDMX-CSV lacks ${columns}${isLabelled ? ' (send it with labels=id)' : ''}`,
      });
    },
    cells: (row, cell) => {
      const power = cell('UNIT_MULT') ?? '';
      const action = cell('ACTION');
      if (power !== '' && power !== '0') return sink.bad(row, multipliedFault(power));
      if (!actions.has(action)) return sink.bad(row, actionFault(action ?? ''));
      const value = cell('OBS_VALUE');
      sink.row({
        row,
        ...{ indicator: cell('INDICATOR'), unit: cell('REF_AREA'), period: cell('TIME_PERIOD') },
        // Missing is written as either.
        ...{ value: value === 'NaN' ? '' : value, status: cell('OBS_STATUS') },
      });
    },
    bad: (row, fault) => sink.bad(row, fault),
  });
