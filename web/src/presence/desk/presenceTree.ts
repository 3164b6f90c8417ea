import type { PresenceRow } from '../../api/contract.ts';

export interface Group {
  readonly kind: 'group';
  readonly code: string;
  readonly rows: readonly PresenceRow[];
  readonly here: number;
}
export type TreeLine = Group | { readonly kind: 'row'; readonly row: PresenceRow };

/** Rows in path order, gathered under the unit just below the root; a row that is itself there stands alone. */
export function groupsOf(rows: readonly PresenceRow[], rootPath: string): readonly TreeLine[] {
  const depth = rootPath.split('.').length;
  const lines: TreeLine[] = [];
  let group: { code: string; rows: PresenceRow[]; here: number } | undefined;
  const flush = (): void => {
    if (group) lines.push({ kind: 'group', ...group });
    group = undefined;
  };
  for (const row of rows) {
    const codes = row.path.split('.');
    const code = codes[depth];
    if (code === undefined || codes.length <= depth + 1) {
      flush();
      lines.push({ kind: 'row', row });
      continue;
    }
    if (group?.code !== code) {
      flush();
      group = { code, rows: [], here: 0 };
    }
    group.rows.push(row);
    if (row.state === 'here') group.here++;
  }
  flush();
  return lines;
}

/** What stands on the screen: groups, and the rows of those that are open. */
export function visibleLines(lines: readonly TreeLine[], isOpen: (code: string) => boolean): readonly TreeLine[] {
  return lines.flatMap((line): readonly TreeLine[] =>
    line.kind === 'group' && isOpen(line.code)
      ? [line, ...line.rows.map((row) => ({ kind: 'row', row }) as const)]
      : [line],
  );
}
