/** The roles by whose part rights are told, since their names are the operator's own choice. */
export interface Roles {
  /** Of the tables. */
  readonly owner: string;
  /** That a running server has; the same where there is but one. */
  readonly server: string;
}

interface Owned {
  readonly owner: string;
  readonly acl: readonly string[] | null;
}

/** Of each kind of part, by the word that begins its name: all rights, and those that everybody has unless somebody says otherwise. */
const KINDS: Readonly<Record<string, { readonly all: string; readonly everybody: string }>> = {
  function: { all: 'X', everybody: 'X' },
  procedure: { all: 'X', everybody: 'X' },
  aggregate: { all: 'X', everybody: 'X' },
  type: { all: 'U', everybody: 'U' },
  language: { all: 'U', everybody: 'U' },
  database: { all: 'CTc', everybody: 'Tc' },
  schema: { all: 'UC', everybody: '' },
  sequence: { all: 'rwU', everybody: '' },
};
const OF_TABLES = { all: 'arwdDxt', everybody: '' };

/**
 * Owner and rights of a part, each as a part of its own. An owner with all rights is not told; version 17 of PostgreSQL
 * gives them one more, to maintain a table (m).
 */
export function rightsOf(part: string, { owner, acl }: Owned, roles: Roles): readonly (readonly [string, string])[] {
  const isColumn = part.includes(', column ');
  const { all, everybody } = KINDS[part.split(' ')[0] ?? ''] ?? OF_TABLES;
  const found = new Map(acl?.map((item) => parse(item, owner, roles)) ?? [['everybody', everybody]]);
  const own = named(owner, roles);
  const ofOwner = acl === null ? all : (found.get(own) ?? '');
  found.delete(own);
  if (!isColumn && ![...all].every((right) => ofOwner.includes(right))) found.set(own, ofOwner || 'none');
  const rights = [...found]
    .filter(([, right]) => right !== '')
    .map(([who, right]) => [`${part}, rights of ${who}`, right] as const);
  return isColumn ? rights : [[`${part}, owner`, own], ...rights];
}

const named = (role: string, { owner, server }: Roles): string =>
  role === owner ? 'the owner' : role === server ? 'the server' : `role ${role}`;

/** `role=rights/grantor`, with quotes where the name needs them. */
function parse(item: string, owner: string, roles: Roles): readonly [string, string] {
  const [, role = '', rights = '', grantor = ''] = /^("(?:[^"]|"")*"|[^=]*)=([^/]*)\/(.*)$/.exec(item) ?? [];
  const by = unquoted(grantor);
  const who = role === '' ? 'everybody' : named(unquoted(role), roles);
  return [who, by === owner ? rights : `${rights} (by ${named(by, roles)})`];
}

const unquoted = (name: string): string => (name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name);
