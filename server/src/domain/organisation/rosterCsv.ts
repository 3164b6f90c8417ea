import { z } from 'zod';
import { escapeFormula, readFormula } from '../../lib/formulas.ts';
import type { Contacts } from '../../protocol/contacts.ts';
import { name } from '../../protocol/name.ts';
import { type Tier, type UnitCode, unitCodeSchema } from '../../protocol/organisation.ts';
import { cellsOfContacts, contactsOfCells, headOfContacts } from './contactColumns.ts';
import { noContacts } from './contacts.ts';
import { type RosterError, RosterRefused, type RosterRow, type UnitVersion } from './roster.ts';
import type { SuccessorRow } from './successors.ts';

const columns = ['code', 'parent', 'tier', 'name', 'valid_from', 'valid_to'] as const;

const rowSchema = z
  .looseObject({
    code: unitCodeSchema,
    parent: z.union([z.literal('').transform(() => null), unitCodeSchema]),
    tier: z.string().min(1),
    name: name(200),
    valid_from: z.iso.date(),
    valid_to: z.union([z.literal('').transform(() => null), z.iso.date()]).default(null),
  })
  .transform(({ code, parent, tier, name, valid_from, valid_to, ...cells }, context) => ({
    ...{ code, parent, tier, name, validFrom: valid_from, validTo: valid_to },
    ...contactsOf(cells as Readonly<Record<string, string>>, context),
  }));

function contactsOf(cells: Readonly<Record<string, string>>, context: z.RefinementCtx): { contacts?: Contacts } {
  try {
    const contacts = contactsOfCells(cells);
    return contacts ? { contacts } : {};
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    for (const { path, message } of error.issues) context.addIssue({ code: 'custom', path, message });
    return z.NEVER;
  }
}

/**
 * Reads a roster file: UTF-8, a header line, comma or semicolon between fields, quotes as in RFC 4180. `valid_to` may
 * be missing, and the columns of contacts (CT5).
 * @throws RosterRefused with every unreadable line
 */
export const parseRoster = (text: string): RosterRow[] => readRoster(readCsv(text));

/** The same of records, wherever they come from; the first is the header. @throws RosterRefused */
export function readRoster(records: readonly RosterRecord[]): RosterRow[] {
  return readTable(records, columns, ['valid_to'], rowSchema).map(({ line, row }) => ({ line, ...row }));
}

/** NM4: the last may be missing; titles stand between semicolons. */
const tierColumns = ['id', 'rank', 'name', 'name_en', 'titles'] as const;
const tierRowSchema = z
  .object({
    id: z.string().min(1).max(50),
    rank: z.coerce.number().int().min(0),
    name: name(100),
    name_en: name(100),
    titles: z
      .string()
      .default('')
      .transform((list) =>
        list
          .split(';')
          .map((title) => title.trim())
          .filter(Boolean),
      )
      .pipe(z.array(name(200)).max(200)),
  })
  .transform(
    ({ name_en, titles, ...rest }): Tier => ({
      ...{ ...rest, nameEn: name_en },
      ...(titles.length > 0 && { titles }),
    }),
  );

/** Reads the file of tiers, written likewise; smaller ranks stand above. @throws RosterRefused */
export const parseTiers = (text: string): Tier[] => readTiers(readCsv(text));

/** @throws RosterRefused */
export function readTiers(records: readonly RosterRecord[]): Tier[] {
  return readTable(records, tierColumns, ['titles'], tierRowSchema).map(({ row }) => row);
}

const successorSchema = z.object({
  unit: unitCodeSchema,
  successor: unitCodeSchema,
  share: z.coerce.number().int().min(1).max(1_000_000).default(1),
});

/** Reads the file of successors: unit, successor, and share, which may be missing. @throws RosterRefused */
export const parseSuccessors = (text: string): SuccessorRow[] =>
  readTable(readCsv(text), ['unit', 'successor', 'share'], ['share'], successorSchema).map(({ line, row }) => ({
    line,
    ...row,
  }));

/** Reads a file that names units in its column `unit`, each once, whatever else it has. @throws RosterRefused */
export const parseUnits = (text: string): UnitCode[] => [
  ...new Set(readTable(readCsv(text), ['unit'], [], successorSchema.pick({ unit: true })).map(({ row }) => row.unit)),
];

function readTable<T>(
  [header, ...records]: readonly RosterRecord[],
  columns: readonly string[],
  optional: readonly string[],
  schema: z.ZodType<T>,
): { line: number; row: T }[] {
  if (!header) throw new RosterRefused([{ line: 1, why: 'empty', message: 'the file is empty' }]);
  const names = header.fields.map((field) => field.trim().toLowerCase());
  const missing = columns.filter((column) => !optional.includes(column) && !names.includes(column));
  if (missing.length > 0) {
    const about = missing.join(', ');
    throw new RosterRefused([{ line: 1, why: 'header-lacks', about, message: `the header lacks ${about}` }]);
  }

  const errors: RosterError[] = [];
  const rows: { line: number; row: T }[] = [];
  for (const { line, fields } of records) {
    if (fields.length !== names.length) {
      errors.push({ line, why: 'fields', message: `has ${fields.length} fields, the header has ${names.length}` });
      continue;
    }
    const parsed = schema.safeParse(Object.fromEntries(names.map((name, i) => [name, fields[i]])));
    if (parsed.success) rows.push({ line, row: parsed.data });
    else {
      errors.push(
        ...parsed.error.issues.map(({ path, message }) => ({
          ...{ line, why: 'cell' as const, about: path.join('.') },
          message: `${path.join('.')}: ${message}`,
        })),
      );
    }
  }
  if (errors.length > 0) throw new RosterRefused(errors);
  return rows;
}

/** The same columns back, the first row being their names. Where nobody has contacts, there are no columns for them. */
export function rosterCells(
  versions: readonly UnitVersion[],
  contacts: ReadonlyMap<UnitCode, Contacts> = new Map(),
): readonly (readonly string[])[] {
  const most = [...contacts.values()].reduce((sum, { people }) => Math.max(sum, people.length), 1);
  const head = contacts.size > 0 ? headOfContacts(most) : [];
  return [
    [...columns, ...head],
    ...versions.map((v) => [
      ...[v.code, v.parent ?? '', v.tier, v.name, v.validFrom, v.validTo ?? ''],
      ...cellsOfContacts(contacts.get(v.code) ?? noContacts, most).slice(0, head.length),
    ]),
  ];
}

/** As CSV, in which nothing is a formula; reading it again changes nothing. */
export const csvOf = (cells: readonly (readonly string[])[]): string =>
  `${cells.map((row) => row.map((cell) => quote(escapeFormula(cell))).join(',')).join('\n')}\n`;

export const formatRoster = (versions: readonly UnitVersion[], contacts?: ReadonlyMap<UnitCode, Contacts>): string =>
  csvOf(rosterCells(versions, contacts));

const quote = (field: string): string => (/[",;\n\r]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);

export interface RosterRecord {
  /** Line on which it begins, from 1. */
  readonly line: number;
  readonly fields: string[];
}

export function readCsv(source: string): RosterRecord[] {
  const text = source.replace(/^\uFEFF/, '');
  const head = text.slice(0, text.search(/[\r\n]|$/));
  const separator = head.includes(';') && !head.includes(',') ? ';' : ',';
  const records: RosterRecord[] = [];
  let line = 1;
  let begun = 1;
  let fields: string[] = [];
  let field = '';
  let quoted = false;
  const endRecord = () => {
    fields.push(readFormula(field));
    if (fields.length > 1 || fields[0] !== '') records.push({ line: begun, fields });
    fields = [];
    field = '';
  };
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? '';
    if (char === '\n') line++;
    if (quoted) {
      if (char !== '"') field += char;
      else if (text[i + 1] === '"') field += text[++i];
      else quoted = false;
    } else if (char === '"' && field === '') quoted = true;
    else if (char === separator) {
      fields.push(readFormula(field));
      field = '';
    } else if (char === '\n') {
      endRecord();
      begun = line;
    } else if (char !== '\r') field += char;
  }
  if (quoted) throw new RosterRefused([{ line: begun, why: 'quote', message: 'a quoted field does not end' }]);
  endRecord();
  return records;
}
