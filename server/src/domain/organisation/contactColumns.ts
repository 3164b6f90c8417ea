import { z } from 'zod';
import { type Contact, type Contacts, contactSchema, telephoneSchema } from '../../protocol/contacts.ts';
import { MOST_PEOPLE } from '../../protocol/limits.ts';

/**
 * CT5: columns of a roster file for whom to ring: `telephone` of the office, then `person_1_name`, `person_1_title`,
 * `person_1_telephone`, `person_1_deputy` (`x`: stands in for the leader), and so on.
 */
const parts = ['name', 'title', 'telephone', 'deputy'] as const;
const columnOf = (nr: number, part: (typeof parts)[number]): string => `person_${nr}_${part}`;
const numbers = Array.from({ length: MOST_PEOPLE }, (_, i) => i + 1);

export const contactColumns: readonly string[] = [
  'telephone',
  ...numbers.flatMap((nr) => parts.map((part) => columnOf(nr, part))),
];

type Cells = Readonly<Record<string, string | undefined>>;

/**
 * What the row says of them; undefined: the file has none of these columns. A person without a name is none.
 * @throws ZodError whose paths begin with the column
 */
export function contactsOfCells(cells: Cells): Contacts | undefined {
  if (!contactColumns.some((column) => cells[column] !== undefined)) return undefined;
  const cell = (column: string): string | null => cells[column]?.trim().normalize('NFC') || null;
  const people = numbers.flatMap((nr): Contact | [] => {
    const [name, title, telephone, deputy] = parts.map((part) => cell(columnOf(nr, part)));
    if (!name && !title && !telephone) return [];
    return at(columnOf(nr, 'name'), contactSchema, { name, title, telephone, deputy: deputy !== null });
  });
  const telephone = cell('telephone');
  return { telephone: telephone && at('telephone', telephoneSchema, telephone), people };
}

/** The columns back; reading them again gives the same. @param people how many have columns */
export const cellsOfContacts = ({ telephone, people }: Contacts, most: number): string[] => [
  telephone ?? '',
  ...numbers.slice(0, most).flatMap((nr) => {
    const person = people[nr - 1];
    return [person?.name ?? '', person?.title ?? '', person?.telephone ?? '', person?.deputy ? 'x' : ''];
  }),
];

/** Columns that `cellsOfContacts` fills. */
export const headOfContacts = (most: number): readonly string[] => contactColumns.slice(0, 1 + most * parts.length);

function at<T>(column: string, schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const named = (part: PropertyKey | undefined) =>
    part === undefined ? column : column.replace(/name$/, String(part));
  throw new z.ZodError(parsed.error.issues.map((issue) => ({ ...issue, path: [named(issue.path[0])] })));
}
