import type { Language } from '../../../protocol/briefing.ts';
import type { FigureSelection, SelectedUnit } from '../../../protocol/figureSelection.ts';
import type { UnitCode } from '../../../protocol/organisation.ts';
import { type Column, numberColumn, type Table, tableOf, textColumn, timeColumn } from '../../report/table.ts';
import { type SelectionWords, wordsOfSelection } from './selectionWords.ts';

const IN_PIECE = 500;
interface Line extends SelectedUnit {
  readonly nr: number;
}

/** FG59: a list that says by itself what it is: each line with the figure, its unit of measure, its period and N. */
export function selectionTable(
  selection: FigureSelection,
  units: readonly SelectedUnit[],
  { language, nameOf }: { readonly language: Language; readonly nameOf: (code: UnitCode) => string },
): Table {
  const words = wordsOfSelection[language];
  const lines = units.map((unit, i): Line => ({ ...unit, nr: i + 1 }));
  return tableOf(words.name, columnsOf(selection, words, language, nameOf), {
    total: lines.length,
    rows: pieces(lines),
  });
}

/**
 * The list that goes along with a directive, which seats read as well. Of an indicator for few it has names alone, in the order of the
 * tree: neither the figure nor who stands worst is for seats to know. (FG169)
 */
export function directedTable(
  selection: FigureSelection,
  units: readonly SelectedUnit[],
  by: Parameters<typeof selectionTable>[2],
): { readonly name: string; readonly table: Table } {
  const words = wordsOfSelection[by.language];
  const { indicator, n } = selection;
  if (indicator.seenBy === undefined)
    return { name: `${words.file}-${indicator.code}-${n}`, table: selectionTable(selection, units, by) };
  const lines = units.toSorted((a, b) => (a.path < b.path ? -1 : 1)).map((unit, i): Line => ({ ...unit, nr: i + 1 }));
  const columns = [...unitColumns(words, by.nameOf), ...originColumns(selection, words)];
  return { name: words.file, table: tableOf(words.name, columns, { total: lines.length, rows: pieces(lines) }) };
}

function columnsOf(
  selection: FigureSelection,
  words: SelectionWords,
  language: Language,
  nameOf: (code: UnitCode) => string,
): Column<Line>[] {
  const { indicator, period, n } = selection;
  return [
    ...unitColumns(words, nameOf),
    textColumn(words.indicator, 30, () => indicator.name[language]),
    numberColumn(words.value, ({ value }) => (value === null ? null : value / 10 ** indicator.scale)),
    textColumn(words.measure, 12, () => indicator.unit[language]),
    textColumn(words.state, 24, ({ state }) => words.states[state]),
    timeColumn(words.until, ({ until }) => until),
    timeColumn(words.period, () => period),
    numberColumn(words.n, () => n),
    ...originColumns(selection, words),
  ];
}

function unitColumns(words: SelectionWords, nameOf: (code: UnitCode) => string): Column<Line>[] {
  const above = (path: string): string => path.split('.').slice(1, -1).map(nameOf).join(', ');
  return [
    numberColumn(words.nr, ({ nr }) => nr),
    textColumn(words.code, 10, ({ unit }) => unit),
    textColumn(words.unit, 30, ({ name }) => name),
    textColumn(words.above, 30, ({ path }) => above(path)),
  ];
}

const originColumns = ({ indicator }: FigureSelection, words: SelectionWords): Column<Line>[] =>
  indicator.simulated ? [textColumn<Line>(words.origin, 20, () => words.simulated)] : [];

async function* pieces(lines: readonly Line[]): AsyncGenerator<readonly Line[]> {
  for (let at = 0; at < lines.length; at += IN_PIECE) yield lines.slice(at, at + IN_PIECE);
}
