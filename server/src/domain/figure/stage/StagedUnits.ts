import { refuse } from '../../../protocol/errors.ts';
import type { StagedContent, StagedPiece, StagedPieceQuery } from '../../../protocol/figureStage.ts';
import { STAGED_KEPT, STAGED_PIECES_KEPT } from '../limits.ts';

type Named = NonNullable<StagedContent['communes']>;
interface Kept {
  readonly communes: Named;
  /** The one that was asked for last stands last. */
  readonly pieces: Map<string, Buffer>;
}

/** FG108: units by name of what was put on stages, piece by piece; each is written once for all who ask for the same. */
export class StagedUnits {
  readonly #read: (sha256: string) => Promise<StagedContent>;
  readonly #kept = new Map<string, Promise<Kept>>();

  /** @param read what is kept under a hash */
  constructor(read: (sha256: string) => Promise<StagedContent>) {
    this.#read = read;
  }

  /** @throws DomainError `not-found`: it is not shown by name */
  async piece(sha256: string, query: StagedPieceQuery): Promise<Buffer> {
    const { communes, pieces } = await this.#of(sha256);
    const key = `${query.from} ${query.most}`;
    const written = pieces.get(key) ?? Buffer.from(JSON.stringify(cut(communes, query)));
    if (query.from >= communes.units.length) return written;
    pieces.delete(key);
    pieces.set(key, written);
    for (const oldest of [...pieces.keys()].slice(0, -STAGED_PIECES_KEPT)) pieces.delete(oldest);
    return written;
  }

  #of(sha256: string): Promise<Kept> {
    const known = this.#kept.get(sha256);
    if (known) return known;
    const reading = this.#read(sha256).then(({ communes }): Kept => {
      if (!communes)
        throw refuse('not-found', {
          vi: 'Số liệu đang chiếu không hiện tên từng đơn vị',
          en: 'what is on the stage is not shown by name',
        });
      return { communes, pieces: new Map() };
    });
    reading.catch(() => this.#kept.delete(sha256));
    this.#kept.set(sha256, reading);
    for (const oldest of [...this.#kept.keys()].slice(0, -STAGED_KEPT)) this.#kept.delete(oldest);
    return reading;
  }
}

function cut({ units, names, values, states }: Named, { from, most }: StagedPieceQuery): StagedPiece {
  const of = <T extends { slice(from: number, until: number): T }>(all: T): T => all.slice(from, from + most);
  return { of: units.length, units: of(units), names: of(names), values: of(values), states: of(states) };
}
