import { z } from 'zod';
import type { Attachments } from '../../../../domain/directive/Attachments.ts';
import type { SelectionBook } from '../../../../domain/figure/selection/SelectionBook.ts';
import type { Selections } from '../../../../domain/figure/selection/Selections.ts';
import { directedTable, selectionTable } from '../../../../domain/figure/selection/selectionTable.ts';
import { wordsOfSelection } from '../../../../domain/figure/selection/selectionWords.ts';
import { toCsv } from '../../../../domain/report/csv.ts';
import { toXlsx } from '../../../../domain/report/xlsx.ts';
import { type Language, languageSchema } from '../../../../protocol/briefing.ts';
import { attachmentSchema } from '../../../../protocol/directive.ts';
import {
  figureSelectionSchema,
  selectedUnitAnswerSchema,
  selectedUnitsSchema,
  selectionAskSchema,
} from '../../../../protocol/figureSelection.ts';
import type { Account, UnitCode } from '../../../../protocol/organisation.ts';
import { unitCodeSchema } from '../../../../protocol/organisation.ts';
import { uuidSchema } from '../../../../protocol/uuid.ts';
import { FileAnswer, type Route, route } from '../../route.ts';

const access = 'session';
const params = z.object({ id: uuidSchema });
const query = z.strictObject({ language: languageSchema.default('vi') });
const SHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

interface Parts {
  readonly selections: Selections;
  readonly book: SelectionBook;
  readonly attachments: Pick<Attachments, 'upload'>;
  readonly nameOf: (code: UnitCode) => string;
}

/** Units that were chosen by a figure: frozen, read, and taken along as a list. */
export function selectionRoutes({ selections, book, attachments, nameOf }: Parts): Route[] {
  const tableOf = async (account: Account, id: string, language: Language) => {
    const { selection, units } = await book.read(account, id);
    const name = `${wordsOfSelection[language].file}-${selection.indicator.code}-${selection.n}`;
    return { name, table: selectionTable(selection, units, { language, nameOf }) };
  };
  return [
    route({
      method: 'post',
      path: '/api/figures/selections',
      summary: 'Freezes the units that a rule chooses by a figure. The same key answers the same selection.',
      access,
      body: selectionAskSchema,
      answer: figureSelectionSchema,
      right: ['figure.select'],
      handle: ({ caller: { account }, body }) => selections.freeze(account, body),
    }),
    route({
      method: 'get',
      path: '/api/figures/selections/{id}',
      summary: "A selection, with its units of the caller's territory, the worst first.",
      ...{ access, params },
      answer: selectedUnitsSchema,
      handle: ({ caller: { account }, params: { id } }) => book.read(account, id),
    }),
    route({
      method: 'get',
      path: '/api/figures/selections/{id}/units/{unit}',
      summary: 'Why one unit is in a selection: its value, and since when that was known.',
      access,
      params: params.extend({ unit: unitCodeSchema }),
      answer: selectedUnitAnswerSchema,
      handle: ({ caller: { account }, params: { id, unit } }) => book.unit(account, id, unit),
    }),
    route({
      method: 'get',
      path: '/api/figures/selections/{id}/table',
      summary: "The list of a selection as CSV, of the caller's territory.",
      ...{ access, params, query },
      files: ['text/csv'],
      handle: async ({ caller: { account }, params: { id }, query: { language } }) => {
        const { name, table } = await tableOf(account, id, language);
        return new FileAnswer({ name: `${name}.csv`, type: 'text/csv', bytes: toCsv(table) });
      },
    }),
    route({
      method: 'post',
      path: '/api/figures/selections/{id}/table',
      summary: 'Keeps the list of a selection as a file that a directive may carry; answers the attachment.',
      ...{ access, params, query },
      answer: attachmentSchema,
      handle: async ({ caller: { account }, params: { id }, query: { language } }) => {
        const { selection, units } = await book.read(account, id);
        const { name, table } = directedTable(selection, units, { language, nameOf });
        return attachments.upload(account, { name: `${name}.xlsx`, type: SHEET, bytes: toXlsx(table) });
      },
    }),
  ];
}
