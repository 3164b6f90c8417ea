import { codeOf, type StageDepth, type StageMark, within } from '../../../api/contract.ts';

/** The unit of what is shown in which the chosen one lies; the root itself is none. Pure. */
export function markOf(root: string, depth: StageDepth, chosen: string): StageMark | null {
  if (chosen === root || !within(chosen, root)) return null;
  const level = root.split('.').length;
  const parts = chosen.split('.');
  const below = parts[level] ?? '';
  return { kind: 'unit', unit: depth === 'communes' && parts.length > level + 1 ? codeOf(chosen) : below };
}
