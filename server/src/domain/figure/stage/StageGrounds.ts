import { createHash } from 'node:crypto';
import { inTurns } from '../../../lib/slices.ts';
import { refuse } from '../../../protocol/errors.ts';
import type { Borders } from '../../../protocol/figureBorders.ts';
import type { GroundPiece, GroundPieceQuery } from '../../../protocol/figureGround.ts';
import type { Unit, UnitCode } from '../../../protocol/organisation.ts';
import { groundOf } from '../borders/groundOf.ts';
import { GROUND_PIECES_KEPT, GROUNDS_KEPT } from '../limits.ts';
import type { FigureStage, FigureStageMark, StageWhat } from './ports.ts';

interface Parts {
  /** The newest when this was put on its stage, and under which number; undefined: maps were tiles. */
  readonly borders: (
    stage: FigureStageMark,
  ) => Promise<{ readonly id: number; readonly read: () => Promise<Borders | undefined> } | undefined>;
  readonly tree: () => GroundTree;
  /** What is on the stage of a briefing at this moment, as this node knows it. */
  readonly stage: (briefing: string) => FigureStage;
}
interface GroundTree {
  readonly version: string;
  subtree(code: UnitCode): readonly Unit[];
}
interface Kept {
  readonly sha256: string;
  readonly text: string;
  /** The one that was asked for last stands last. */
  readonly pieces: Map<string, Buffer>;
}
interface Found {
  /** What is drawn by which borders. */
  readonly of: string;
  /** undefined: it is tiles. */
  readonly kept: Kept | undefined;
}
interface Drawn {
  readonly version: number;
  readonly found: Promise<Found>;
}
interface Shown extends FigureStageMark, Pick<StageWhat, 'root' | 'depth'> {
  readonly content: string;
}

/** FG121, FG122: by which borders what is on stages is drawn, the same for all who see it. */
export class StageGrounds {
  readonly #o: Parts;
  /** By what they are of: stages may share one. */
  readonly #made = new Map<string, Promise<Kept | undefined>>();
  /** By briefing, as long as something is on its stage. */
  readonly #drawn = new Map<string, Drawn>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: Parts) {
    this.#o = parts;
  }

  /** Under which hash they are fetched; undefined: it is tiles. */
  async of(shown: Shown): Promise<string | undefined> {
    return (await this.#of(shown))?.sha256;
  }

  /** @throws DomainError `not-found`: it is not drawn by these */
  async piece(shown: Shown, sha256: string, { from, most }: GroundPieceQuery): Promise<Buffer> {
    const found = await this.#of(shown);
    if (found?.sha256 !== sha256)
      throw refuse('not-found', {
        vi: 'Số liệu đang chiếu không vẽ theo ranh giới này',
        en: 'what is on the stage is not drawn by these borders',
      });
    const { text, pieces } = found;
    const key = `${from} ${most}`;
    const piece: GroundPiece = { of: text.length, text: text.slice(from, from + most) };
    const written = pieces.get(key) ?? Buffer.from(JSON.stringify(piece));
    if (from < text.length) keep(pieces, key, written, GROUND_PIECES_KEPT);
    return written;
  }

  /** Nothing is on the stage of a briefing any more. */
  forget(briefing: string): void {
    this.#drawn.delete(briefing);
  }

  async #of(shown: Shown): Promise<Kept | undefined> {
    const { briefing, version } = shown;
    const before = this.#drawn.get(briefing);
    if (before?.version === version) return (await before.found).kept;
    const drawn: Drawn = { version, found: this.#find(shown, before?.found) };
    // Whoever comes with what stood there before may come late: it takes the place of nothing, and stays for nobody.
    if (!this.#isThere(shown) || version < (before?.version ?? 0)) return (await drawn.found).kept;
    this.#drawn.set(briefing, drawn);
    drawn.found.catch(() => this.#drawn.get(briefing) === drawn && this.#drawn.delete(briefing));
    return (await drawn.found).kept;
  }

  #isThere({ briefing, content }: Shown): boolean {
    const stage = this.#o.stage(briefing);
    return stage.what !== null && stage.content === content;
  }

  /** @param before as it was drawn until now: a mark in it changes nothing */
  async #find(shown: Shown, before: Promise<Found> | undefined): Promise<Found> {
    const { content, root, depth } = shown;
    const borders = await this.#o.borders(shown);
    const of = `${content} ${borders?.id} ${root} ${depth}`;
    const last = await before?.catch(() => undefined);
    if (last?.of === of) return last;
    if (!borders) return { of, kept: undefined };
    const tree = this.#o.tree();
    const key = `${borders.id} ${tree.version} ${root} ${depth}`;
    const making = this.#made.get(key) ?? this.#inTurn(() => madeOf(borders, tree, shown));
    making.catch(() => this.#made.get(key) === making && this.#made.delete(key));
    keep(this.#made, key, making, GROUNDS_KEPT);
    return { of, kept: await making };
  }

  /** One after the other: each has all borders of the country in memory while it is made. */
  #inTurn<T>(make: () => Promise<T>): Promise<T> {
    const making = this.#turn.then(make);
    this.#turn = making.catch(() => undefined);
    return making;
  }
}

async function madeOf(
  { read }: { readonly read: () => Promise<Borders | undefined> },
  tree: GroundTree,
  { root, depth }: Pick<Shown, 'root' | 'depth'>,
): Promise<Kept | undefined> {
  const borders = await read();
  const ground = borders && (await inTurns(groundOf(borders, tree.subtree(root), depth)));
  if (!ground) return undefined;
  const text = JSON.stringify(ground);
  return { sha256: createHash('sha256').update(text).digest('hex'), text, pieces: new Map() };
}

/** As the newest; the oldest give way. */
function keep<T>(all: Map<string, T>, key: string, value: T, most: number): void {
  all.delete(key);
  all.set(key, value);
  for (const oldest of [...all.keys()].slice(0, -most)) all.delete(oldest);
}
