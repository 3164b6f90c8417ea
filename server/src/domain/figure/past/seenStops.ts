import { isRehearsal } from '../../../protocol/briefing.ts';
import type { Account, UnitPath } from '../../../protocol/organisation.ts';
import { at, may } from '../../shared/rights.ts';
import { isBelow } from '../../shared/territory.ts';
import type { RecordedStop } from './ports.ts';

type Stop = Pick<RecordedStop, 'kind' | 'briefing' | 'paths' | 'source'>;

/**
 * FG81: whether a leader may stop there: at calls in their territory, at briefings that they may read, at batches of
 * sources that write there, and at directives, which are those of their office. Pure. @param rootOf territory of a source
 */
export function isSeenStop(
  account: Account,
  { kind, briefing, paths, source }: Stop,
  rootOf: (source: string) => UnitPath | undefined,
): boolean {
  if (briefing !== null && isRehearsal(briefing)) return false;
  switch (kind) {
    case 'directive':
      return true;
    case 'call':
      return paths.length > 0 && paths.every((path) => may(account, 'call.list', at(path)) === 'allowed');
    case 'opened':
    case 'closed':
      return may(account, 'briefing.read', { paths }) === 'allowed';
    case 'batch': {
      const [root, home] = [rootOf(source ?? ''), account.unit.path];
      return root !== undefined && (root === home || isBelow(root, home) || isBelow(home, root));
    }
  }
}
