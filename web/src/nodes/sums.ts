import type { ClusterNode, NodeEvent, NodesPage } from '../api/contract.ts';
import type { NodesWords } from './words/nodes.vi.ts';

/** Whether it takes people, as far as is known. */
export const serves = ({ about }: ClusterNode): boolean => about?.state === 'serves';

export const roomOf = (nodes: readonly ClusterNode[]): number =>
  nodes.reduce((sum, { about }) => sum + (about?.room ?? 0), 0);

export const viewersOf = (nodes: readonly ClusterNode[]): number =>
  nodes.reduce((sum, { about }) => sum + (about?.viewers ?? 0), 0);

/** Whether a node could be emptied: people need another to go to. */
export const mayDrain = (node: ClusterNode, nodes: readonly ClusterNode[]): boolean =>
  nodes.some((other) => other.boot !== node.boot && serves(other));

export interface UnitRow {
  readonly unit: string | null;
  readonly name: string | null;
  readonly at: Readonly<Record<string, number>>;
  readonly total: number;
}

/** Where most are first; whoever is of no unit last. */
export function unitRows(viewers: NodesPage['viewers']): readonly UnitRow[] {
  return viewers
    .map((row) => ({ ...row, total: Object.values(row.at).reduce((sum, n) => sum + n, 0) }))
    .sort((a, b) => Number(a.unit === null) - Number(b.unit === null) || b.total - a.total);
}

/** One sentence. */
export function sentenceOf({ kind, node, detail, carried }: NodeEvent, t: NodesWords['event']): string {
  switch (kind) {
    case 'came':
      return t.came(node, detail ?? '');
    case 'drains':
      return detail === null ? t.ends(node) : t.drains(node, detail);
    case 'serves':
      return t.serves(node, detail ?? '');
    case 'carries':
      return carried && carried.epoch > 1 ? t.takesOver(node, carried.title) : t.carries(node, carried?.title ?? '');
    default:
      return t[kind](node);
  }
}
