import type { UnitPath } from '../../protocol/organisation.ts';

/**
 * PL12: viewers by the unit below the root; '' is everybody else. @param paths one for each viewer; '' of no unit
 * @param isUnit whether there is such a unit: a program's token may say anything
 */
export function viewersByUnit(
  paths: Iterable<UnitPath | ''>,
  isUnit: (path: UnitPath) => boolean,
): [path: string, viewers: number][] {
  const counts = new Map<string, number>();
  for (const path of paths) {
    const [root = '', below = ''] = path.split('.', 2);
    const unit = `${root}.${below}`;
    const counted = below !== '' && isUnit(unit) ? unit : '';
    counts.set(counted, (counts.get(counted) ?? 0) + 1);
  }
  return [...counts];
}
