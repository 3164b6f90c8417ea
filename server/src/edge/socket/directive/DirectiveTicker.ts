import type { DirectiveProgress } from '../../../domain/directive/DirectiveProgress.ts';
import { territoriesOver } from '../../../domain/shared/whoSeesWhom.ts';
import { every } from '../../../lib/every.ts';
import { codeOf, type UnitPath } from '../../../protocol/organisation.ts';

/** DR32: at most 4 a second, whatever the number of acts. */
const TICK_MS = 250;
const whole = 'whole';

type Rows = Awaited<ReturnType<DirectiveProgress['rows']>>;

export interface DirectiveTickerParts {
  readonly board: Pick<DirectiveProgress, 'rows'>;
  /** Territories of the officials that are connected to this node. */
  readonly watched: () => readonly UnitPath[];
  /** Paths of the units directly below. */
  readonly children: (path: UnitPath) => readonly UnitPath[];
  readonly tell: (directive: string, territory: UnitPath, rows: Rows) => void;
  /** Told once, until rows could be asked for again. */
  readonly failed: (error: unknown) => void;
}

/** Tells officials which rows of their boards changed: one query for each directive that moved since the last tick. */
export class DirectiveTicker {
  readonly #parts: DirectiveTickerParts;
  readonly #timer: { close(): void };
  /** By directive: addressees that did something, or everything. */
  #moved = new Map<string, Set<UnitPath> | typeof whole>();
  #failing = false;

  constructor(parts: DirectiveTickerParts) {
    this.#parts = parts;
    this.#timer = every(
      TICK_MS,
      () => this.#tick(),
      (error) => this.#fail(error),
    );
  }

  /** It was issued, ended, or its deadline passed. */
  changed(directive: string): void {
    this.#moved.set(directive, whole);
  }

  /** Addressees did something with it. */
  followed(directive: string, paths: Iterable<UnitPath>): void {
    const moved = this.#moved.get(directive) ?? new Set();
    this.#moved.set(directive, moved);
    if (moved !== whole) for (const path of paths) moved.add(path);
  }

  close(): void {
    this.#timer.close();
  }

  async #tick(): Promise<void> {
    const moved = this.#moved;
    this.#moved = new Map();
    for (const [directive, paths] of moved) {
      const rows = this.#rowsOf(paths);
      try {
        if (rows.size > 0) {
          await this.#tellRows(directive, rows);
          this.#failing = false;
        }
        moved.delete(directive);
      } catch (error) {
        for (const [missed, those] of moved) {
          if (those === whole) this.changed(missed);
          else this.followed(missed, those);
        }
        throw error;
      }
    }
  }

  #fail(error: unknown): void {
    if (!this.#failing) this.#parts.failed(error);
    this.#failing = true;
  }

  /** Rows to tell of each watched territory: its own, and those of the children in which something moved. */
  #rowsOf(paths: ReadonlySet<UnitPath> | typeof whole): Map<UnitPath, Set<UnitPath>> {
    const watched = this.#parts.watched();
    if (paths === whole) return new Map(watched.map((root) => [root, new Set([root, ...this.#parts.children(root)])]));
    const roots = new Set(watched);
    const rows = new Map<UnitPath, Set<UnitPath>>();
    for (const path of roots.size > 0 ? paths : []) {
      const above = territoriesOver(path);
      for (const [i, root] of above.entries()) {
        if (!roots.has(root)) continue;
        const own = rows.get(root) ?? new Set([root]);
        rows.set(root, own.add(above[i + 1] ?? root));
      }
    }
    return rows;
  }

  async #tellRows(directive: string, rows: ReadonlyMap<UnitPath, ReadonlySet<UnitPath>>): Promise<void> {
    const all = new Set([...rows.values()].flatMap((own) => [...own]));
    const { at, counts } = await this.#parts.board.rows(directive, [...all]);
    const byUnit = new Map(counts.map((count) => [count.unit, count]));
    for (const [root, own] of rows) {
      const told = [...own].flatMap((path) => byUnit.get(codeOf(path)) ?? []);
      if (told.length > 0) this.#parts.tell(directive, root, { at, counts: told });
    }
  }
}
