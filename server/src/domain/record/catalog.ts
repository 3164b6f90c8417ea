import { canonical } from './canonical.ts';
import { sha256 } from './merkle.ts';

/** Name of a part of the database -> its definition. */
export type Parts = Readonly<Record<string, string>>;

/** AU30: everything around the tables of the record that decides what is read from them and what may be done with them. */
export interface Catalog {
  /** The same in every installation of one version of this program, on every version of PostgreSQL. */
  readonly schema: Parts;
  /** What belongs to one installation: its database, its roles, and PostgreSQL itself. */
  readonly local: Parts;
}

/** The official table whose rows say how the database was left. */
export const CATALOG_TABLE = 'catalog_seals';

/** How parts are named and written. Whoever changes that raises it: what another format has sealed is not compared. */
export const CATALOG_FORMAT = 1;

/** The fingerprint that two installations of one version have in common. */
export const catalogFingerprint = ({ schema }: Catalog): string => sha256(canonical(schema));

/** What a start changes by giving the server its rights; a restore, in a database and by roles of other names. */
const OF_SERVER =
  /, rights of the server$|^schema public, rights of everybody$|^(members of role|settings of role|role) /;
const ALLOWED: Readonly<Record<string, RegExp>> = { rights: OF_SERVER, restore: OF_SERVER };

/**
 * Which parts were sealed anew otherwise than before, though neither a migration lay between the two nor anybody accepted
 * them: so nobody makes good by a row of his own what he has changed.
 */
export function resealed(before: Catalog, after: Catalog, why: string): readonly string[] {
  const local = why === 'restore' ? [] : differingParts(before.local, after.local);
  const names = [...differingParts(before.schema, after.schema), ...local];
  return names.filter((name) => !ALLOWED[why]?.test(name));
}

/** Another major version of PostgreSQL has other functions of its own. */
const OF_POSTGRES = /^PostgreSQL \d+,/;
const SHOWN = 50;
const LONGEST = 200;

/** Which parts are other than they were sealed, in words; nothing: none. @param most so many are told */
export function catalogDifferences(sealed: Catalog, found: Catalog, most = SHOWN): readonly string[] {
  const all = [...differences(sealed.schema, found.schema), ...differences(sealed.local, found.local)];
  return all.length <= most ? all : [...all.slice(0, most), `and ${all.length - most} more`];
}

const differingParts = (sealed: Parts, found: Parts): string[] =>
  [...new Set([...Object.keys(sealed), ...Object.keys(found)])].sort().filter((name) => {
    const [then, now] = [sealed[name], found[name]];
    return then !== now && !(OF_POSTGRES.test(name) && (then === undefined || now === undefined));
  });

function differences(sealed: Parts, found: Parts): string[] {
  return differingParts(sealed, found).map((name) => {
    const [then, now] = [sealed[name], found[name]];
    if (then === undefined) return `${name}: it was not there when the database was sealed; it is ${shown(now)}`;
    if (now === undefined) return `${name}: it is gone; it was sealed as ${shown(then)}`;
    return `${name}: it is ${shown(now, then)}; it was sealed as ${shown(then, now)}`;
  });
}

/** Of two long definitions, from where they part. */
function shown(text = '', other?: string): string {
  const words = text.replace(/\s+/g, ' ').trim();
  if (words.length <= LONGEST) return `"${words}"`;
  const beside = other?.replace(/\s+/g, ' ').trim() ?? words;
  let same = 0;
  while (same < words.length && words[same] === beside[same]) same++;
  const from = other === undefined ? 0 : Math.max(0, same - LONGEST / 4);
  const until = Math.min(words.length, from + LONGEST);
  return `"${from > 0 ? '… ' : ''}${words.slice(from, until)}${until < words.length ? ' …' : ''}"`;
}
