import type { Tier, UnitCode, UnitPath } from '../../protocol/organisation.ts';
import type { RosterFault } from '../../protocol/rosterImport.ts';
import { noContacts, sameContacts } from './contacts.ts';
import { reservedIn } from './reservedTitles.ts';
import {
  type RosterChange,
  type RosterError,
  type RosterNow,
  RosterRefused,
  type RosterRow,
  type UnitVersion,
} from './roster.ts';

interface Node {
  readonly code: UnitCode;
  readonly parent: UnitCode | null;
  readonly tier: string;
  readonly name: string;
  readonly validFrom: string;
  readonly validTo: string | null;
  /** 0: from the store. */
  readonly line: number;
}

/**
 * Decides what an import changes; pure. A row whose unit is new opens it; one that says something else than today
 * begins a new version on its `validFrom`; one with `validTo` closes the unit for ever; units that the file does not
 * name stay. A unit that moves takes its whole subtree along.
 * @throws RosterRefused with every error of the file, not only the first
 */
export function planRoster(
  now: Pick<RosterNow, 'tiers' | 'versions'> & Partial<RosterNow>,
  tiers: readonly Tier[],
  rows: readonly RosterRow[],
): RosterChange {
  const errors: RosterError[] = [];
  const ranks = new Map([...now.tiers, ...tiers].map((tier) => [tier.id, tier.rank]));
  const allTiers = [...now.tiers.filter(({ id }) => !tiers.some((tier) => tier.id === id)), ...tiers];
  // NM4: who is called so already may stay.
  const title = (row: RosterRow, before: UnitVersion | undefined) =>
    before?.name === row.name ? undefined : reservedIn(row.name, row.tier, allTiers);
  const open = new Map(now.versions.filter((v) => v.validTo === null).map((v) => [v.code, v]));
  const known = new Set(now.versions.map((v) => v.code));
  const tree = new Map<UnitCode, Node>([...open.values()].map((v) => [v.code, { ...v, line: 0 }]));

  const seen = new Map<UnitCode, number>();
  for (const row of rows) {
    const fail = (why: RosterFault, about: string, message: string) =>
      errors.push({ line: row.line, why, about, message });
    const before = open.get(row.code);
    const first = seen.get(row.code);
    seen.set(row.code, row.line);
    if (first !== undefined) fail('twice', row.code, `code ${row.code} stands on line ${first} already`);
    else if (known.has(row.code) && !before)
      fail('was-closed', row.code, `code ${row.code} was closed and is never reissued`);
    else if (!ranks.has(row.tier)) fail('no-tier', row.tier, `there is no tier ${row.tier}`);
    else if (title(row, before) !== undefined)
      fail('title', title(row, before) ?? '', `${row.code} has the title of a tier above: ${title(row, before)}`);
    else if (row.validTo !== null && row.validTo <= row.validFrom)
      fail('dates', row.code, 'validTo must be after validFrom');
    else if (before && row.validTo !== null && row.validTo <= before.validFrom)
      fail('closes-early', before.validFrom, `${row.code} closes, so validTo must be after ${before.validFrom}`);
    else if (before && row.validTo === null && differs(before, row) && row.validFrom <= before.validFrom)
      fail('changes-early', before.validFrom, `${row.code} changes, so validFrom must be after ${before.validFrom}`);
    else tree.set(row.code, nodeOf(row));
  }
  errors.push(...misplaced(tree, ranks));
  if (errors.length > 0) throw new RosterRefused(errors.sort((a, b) => a.line - b.line));
  const newTiers = tiers.filter((tier) => !sameTier(tier, now.tiers));
  return { ...change(tree, open, newTiers), contacts: changedContacts(rows, now.contacts ?? new Map()) };
}

/** CT5: of rows that say something of them, in a unit that stays. */
const changedContacts = (rows: readonly RosterRow[], before: RosterNow['contacts']): RosterChange['contacts'] =>
  rows.flatMap(({ code: unit, validTo, contacts }) =>
    !contacts || validTo !== null || sameContacts(contacts, before.get(unit) ?? noContacts)
      ? []
      : { unit, ...contacts },
  );

const nodeOf = ({ contacts: _, ...node }: RosterRow): Node => node;

/** Everything that keeps the nodes from being one tree whose tiers descend. */
function misplaced(tree: ReadonlyMap<UnitCode, Node>, ranks: ReadonlyMap<string, number>): RosterError[] {
  const errors: RosterError[] = [];
  const living = [...tree.values()].filter((node) => node.validTo === null);
  const roots = living.filter((node) => node.parent === null);
  for (const node of roots.slice(1))
    errors.push({ line: node.line, why: 'second-root', about: node.code, message: `${node.code} is a second root` });
  for (const node of tree.values()) {
    if (node.parent === null) continue;
    const parent = tree.get(node.parent);
    if (!parent)
      errors.push({
        ...{ line: node.line, why: 'no-parent', about: node.parent },
        message: `there is no parent ${node.parent}`,
      });
    else if (parent.validTo !== null && node.validTo === null)
      errors.push({
        ...{ line: node.line || parent.line, why: 'parent-closed', about: parent.code },
        message: `${node.code} stands below ${parent.code}, which is closed`,
      });
    else if ((ranks.get(parent.tier) ?? 0) >= (ranks.get(node.tier) ?? 0))
      // Since ranks must descend, there can be no cycle either.
      errors.push({
        ...{ line: node.line || parent.line, why: 'tier-order', about: node.tier },
        message: `tier ${node.tier} cannot stand below tier ${parent.tier}`,
      });
  }
  return errors;
}

function change(
  tree: ReadonlyMap<UnitCode, Node>,
  open: ReadonlyMap<UnitCode, UnitVersion>,
  tiers: readonly Tier[],
): Omit<RosterChange, 'contacts'> {
  const added: UnitVersion[] = [];
  const ended: { code: UnitCode; validTo: string }[] = [];
  const closed: { code: UnitCode; closedOn: string }[] = [];
  const errors: RosterError[] = [];
  const places = placesOf(tree);
  for (const node of tree.values()) {
    const before = open.get(node.code);
    const place = places.get(node.code) ?? { path: node.code, since: node.validFrom };
    const { line: _, ...rest } = node;
    if (node.validTo !== null) {
      closed.push({ code: node.code, closedOn: node.validTo });
      if (before) ended.push({ code: node.code, validTo: node.validTo });
      else added.push({ ...rest, path: place.path });
    } else if (!before) {
      added.push({ ...rest, path: place.path });
    } else if (differs(before, node) || before.path !== place.path) {
      const validFrom = node.validFrom > before.validFrom ? node.validFrom : place.since;
      if (validFrom <= before.validFrom)
        errors.push({
          ...{ line: node.line, why: 'moves-early', about: node.code },
          message: `${node.code} would move on ${validFrom}, before it was opened there`,
        });
      ended.push({ code: node.code, validTo: validFrom });
      added.push({ ...rest, path: place.path, validFrom });
    }
  }
  if (errors.length > 0) throw new RosterRefused(errors);
  return { tiers, added, ended, closed };
}

/** Paths from the root, and since when: the latest day on which the unit or anything above it came to its place. */
function placesOf(tree: ReadonlyMap<UnitCode, Node>): Map<UnitCode, { path: UnitPath; since: string }> {
  const places = new Map<UnitCode, { path: UnitPath; since: string }>();
  const place = (node: Node): { path: UnitPath; since: string } => {
    const known = places.get(node.code);
    if (known) return known;
    const parent = node.parent === null ? undefined : tree.get(node.parent);
    const above = parent && place(parent);
    const made = above
      ? { path: `${above.path}.${node.code}`, since: later(above.since, node.validFrom) }
      : { path: node.code, since: node.validFrom };
    places.set(node.code, made);
    return made;
  };
  for (const node of tree.values()) place(node);
  return places;
}

const later = (a: string, b: string): string => (a.localeCompare(b) > 0 ? a : b);

type Described = Pick<Node, 'parent' | 'tier' | 'name'>;
const differs = (a: Described, b: Described): boolean =>
  a.parent !== b.parent || a.tier !== b.tier || a.name !== b.name;

const sameTier = (tier: Tier, among: readonly Tier[]): boolean =>
  among.some(
    (t) =>
      t.id === tier.id &&
      t.rank === tier.rank &&
      t.name === tier.name &&
      t.nameEn === tier.nameEn &&
      (t.titles ?? []).join(';') === (tier.titles ?? []).join(';'),
  );
