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

function columnsOf(
  { indicator, period, n }: FigureSelection,
  words: SelectionWords,
  language: Language,
  nameOf: (code: UnitCode) => string,
): Column<Line>[] {
  const above = (path: string): string => path.split('.').slice(1, -1).map(nameOf).join(', ');
  return [
    numberColumn(words.nr, ({ nr }) => nr),
    textColumn(words.code, 10, ({ unit }) => unit),
    textColumn(words.unit, 30, ({ name }) => name),
    textColumn(words.above, 30, ({ path }) => above(path)),
    textColumn(words.indicator, 30, () => indicator.name[language]),
    numberColumn(words.value, ({ value }) => (value === null ? null : value / 10 ** indicator.scale)),
    textColumn(words.measure, 12, () => indicator.unit[language]),
    textColumn(words.state, 24, ({ state }) => words.states[state]),
    timeColumn(words.until, ({ until }) => until),
    timeColumn(words.period, () => period),
    numberColumn(words.n, () => n),
    ...(indicator.simulated ? [textColumn<Line>(words.origin, 20, () => words.simulated)] : []),
  ];
}

async function* pieces(lines: readonly Line[]): AsyncGenerator<readonly Line[]> {
  for (let at = 0; at < lines.length; at += IN_PIECE) yield lines.slice(at, at + IN_PIECE);
}
