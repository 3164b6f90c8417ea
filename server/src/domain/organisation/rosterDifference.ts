import { hash } from 'node:crypto';
import type { UnitCode } from '../../protocol/organisation.ts';
import type { RosterCounts, RosterStep } from '../../protocol/rosterImport.ts';
import type { RosterChange, RosterNow, UnitVersion } from './roster.ts';

export interface RosterDifference {
  readonly counts: RosterCounts;
  /** In the order of the change; not those that move with the unit above them. */
  readonly steps: readonly RosterStep[];
}

/** IM2: what a change does to the tree as it stands, as a person reads it; pure. */
export function rosterDifference(now: RosterNow, change: RosterChange): RosterDifference {
  const open = new Map(now.versions.filter(({ validTo }) => validTo === null).map((one) => [one.code, one]));
  const added = new Map(change.added.map((one) => [one.code, one]));
  const nameOf = (code: UnitCode | null): string =>
    code === null ? '' : (added.get(code)?.name ?? open.get(code)?.name ?? code);
  const steps: RosterStep[] = [];
  let along = 0;
  for (const after of change.added) {
    const before = open.get(after.code);
    const { code, name, validFrom: from } = after;
    if (!before) steps.push({ kind: 'opened', code, name, before: '', after: nameOf(after.parent), from });
    else if (before.parent !== after.parent)
      steps.push({ kind: 'moved', code, name, before: nameOf(before.parent), after: nameOf(after.parent), from });
    else if (before.name !== name || before.tier !== after.tier)
      steps.push({ kind: 'changed', code, name, before: called(before, after), after: called(after, before), from });
    else along++;
  }
  for (const { code, closedOn } of change.closed)
    if (open.has(code)) steps.push({ kind: 'closed', code, name: nameOf(code), before: '', after: '', from: closedOn });
  for (const { unit, telephone, people } of change.contacts) {
    const contacts = { before: now.contacts.get(unit) ?? null, after: { telephone, people } };
    steps.push({ kind: 'contacts', code: unit, name: nameOf(unit), before: '', after: '', from: '', contacts });
  }
  for (const { id, name } of change.tiers)
    steps.push({
      ...{ kind: 'tiers', code: id, name, after: name, from: '' },
      before: now.tiers.find((tier) => tier.id === id)?.name ?? '',
    });
  const counts = { opened: 0, changed: 0, moved: 0, closed: 0, contacts: 0, tiers: 0, along };
  for (const { kind } of steps) counts[kind]++;
  return { counts, steps };
}

/** A name, with its tier where the names are the same. */
const called = (one: UnitVersion, other: UnitVersion): string =>
  one.name === other.name ? `${one.name} (${one.tier})` : one.name;

/** IM3: the same change has the same; anything else has another. */
export const planHash = ({ tiers, added, ended, closed, contacts }: RosterChange): string =>
  hash('sha256', JSON.stringify({ tiers, added, ended, closed, contacts }));

/** Where a change acts: before and after, as paths. Tiers are of the whole tree. */
export function placesOfChange(now: RosterNow, change: RosterChange): readonly { code: string; path: string }[] {
  const open = new Map(now.versions.filter(({ validTo }) => validTo === null).map(({ code, path }) => [code, path]));
  const after = new Map(change.added.map(({ code, path }) => [code, path]));
  const standing = (code: string) => [open.get(code), after.get(code)].filter((path) => path !== undefined);
  const root = now.versions.find(({ parent }) => parent === null)?.path;
  return [
    ...change.added.flatMap(({ code, path }) => [path, ...standing(code)].map((one) => ({ code, path: one }))),
    ...[...change.ended, ...change.closed].flatMap(({ code }) => standing(code).map((path) => ({ code, path }))),
    ...change.contacts.flatMap(({ unit: code }) => standing(code).map((path) => ({ code, path }))),
    ...(change.tiers.length > 0 && root !== undefined ? [{ code: root, path: root }] : []),
  ];
}
