import type { UnitPath } from '../../../protocol/organisation.ts';

/** Where they lie, in degrees: all islands of each, and nothing of the coast. */
export const ARCHIPELAGOS = [
  { name: 'Hoàng Sa', west: 110.5, east: 113.5, south: 15, north: 17.5 },
  { name: 'Trường Sa', west: 109.5, east: 118, south: 6, north: 12.5 },
] as const;

/** FG35: the uppermost unit of each in a tree, whatever its tier, by the name that it ends with. */
export const archipelagosIn = (
  tree: readonly { readonly code: string; readonly path: UnitPath; readonly name: string }[],
): { readonly name: string; readonly code: string; readonly path: UnitPath }[] =>
  ARCHIPELAGOS.flatMap(({ name }) => {
    const own = tree.filter((unit) => unit.name.endsWith(name)).toSorted((a, b) => a.path.length - b.path.length);
    return own.slice(0, 1).map(({ code, path }) => ({ name, code, path }));
  });
