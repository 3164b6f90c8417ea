import { createHash } from 'node:crypto';
import { Turns } from '../../../lib/Turns.ts';
import { refuse } from '../../../protocol/errors.ts';
import type { BatchAnswer } from '../../../protocol/figureBatch.ts';
import type { FigureSource } from '../../../protocol/figureDefinition.ts';
import type { PlannedMove, UploadPlan } from '../../../protocol/figureUpload.ts';
import { MOST_BATCH_ERRORS, MOST_MOVES } from '../../../protocol/limits.ts';
import type { Account } from '../../../protocol/organisation.ts';
import { demand, figuresOf } from '../../shared/rights.ts';
import { kindOf } from '../definitions.ts';
import type { FigureIntake } from '../FigureIntake.ts';
import type { FigureDefinitions } from '../facts.ts';
import { INTAKE, UPLOADS_READ } from '../limits.ts';
import type { FigureTree } from '../placeRows.ts';
import { noSource } from '../refusals.ts';
import { readInThread } from './readInThread.ts';
import type { UploadFile } from './readUpload.ts';
import type { UploadRows } from './uploadRows.ts';

interface Parts {
  readonly intake: Pick<FigureIntake, 'admit' | 'take' | 'tryOut'>;
  readonly definitions: () => FigureDefinitions;
  readonly tree: () => FigureTree;
}

/** FG74: files that people hand in, by the one way in which figures come in. */
export class FigureUploads {
  readonly #o: Parts;
  /** No more wait than were let in. */
  readonly #threads = new Turns({ atOnce: UPLOADS_READ, waiting: INTAKE.bodies, full: () => crowded() });

  constructor(parts: Parts) {
    this.#o = parts;
  }

  /** What would become of it. @throws DomainError `not-found`, `forbidden`, `outside-territory`, `rate-limited`, `bad-request`, `too-large` */
  plan(account: Account, code: string, read: () => Promise<UploadFile>): Promise<UploadPlan> {
    return this.#tried(account, code, read, ({ answer, moves }) => ({
      fresh: answer.accepted - moves.length,
      changed: moves.length,
      late: moves.filter(({ late }) => late).length,
      ...{ unchanged: answer.unchanged, held: answer.held, refused: answer.refused },
      ...(answer.doubts && { doubts: answer.doubts }),
      moves: largestFirst(moves).slice(0, MOST_MOVES),
      errors: answer.errors.slice(0, MOST_BATCH_ERRORS),
    }));
  }

  /** All that is wrong with it. @throws as `plan` */
  errors(account: Account, code: string, read: () => Promise<UploadFile>): Promise<BatchAnswer['errors']> {
    return this.#tried(account, code, read, ({ answer }) => answer.errors);
  }

  /** Records what is good of it, under the name of who hands it in. @throws as `plan`, `conflict`, `store-unavailable` */
  async record(
    account: Account,
    code: string,
    read: () => Promise<UploadFile>,
    { key, reason }: { readonly key: string; readonly reason?: string | undefined },
  ): Promise<BatchAnswer> {
    const source = this.#source(account, code);
    return this.#o.intake.admit(source, async () => {
      const file = await read();
      const { rows, unread } = await this.#read(file);
      const named = { kind: 'upload', key, by: account.name, ...(reason !== undefined && { reason }) } as const;
      return this.#o.intake.take(source, rows, {
        ...{ ...named, mode: 'partial', dryRun: false, unread: inOrder(unread), bodyHash: hashOf(file) },
      });
    });
  }

  async #tried<T>(
    account: Account,
    code: string,
    read: () => Promise<UploadFile>,
    say: (tried: { answer: BatchAnswer; moves: readonly PlannedMove[] }) => T,
  ): Promise<T> {
    const source = this.#source(account, code);
    return this.#o.intake.admit(source, async () => {
      const file = await read();
      const { rows, unread } = await this.#read(file);
      const ask = { kind: 'upload', key: source.code, by: account.name, mode: 'partial', dryRun: true } as const;
      const { answer, changed } = await this.#o.intake.tryOut(source, rows, { ...ask, unread, bodyHash: hashOf(file) });
      const moves = changed.map(
        ({ period, ...move }): PlannedMove => ({
          ...{ ...move, period: new Date(period).toISOString() },
          name: this.#o.tree().find(move.unit)?.name ?? move.unit,
        }),
      );
      return say({ answer, moves });
    });
  }

  #read(file: UploadFile): Promise<UploadRows> {
    return this.#threads.take(() => readInThread(file));
  }

  /** Whose files these are. @throws DomainError */
  #source(account: Account, code: string): FigureSource {
    const source = this.#o.definitions().sources.get(code);
    const root = source && this.#o.tree().find(source.root);
    if (!source || !root) throw noSource(code);
    demand(account, 'figure.upload', figuresOf(source.indicators, root.path));
    if (kindOf(source) !== 'upload')
      throw refuse('forbidden', {
        vi: `Nguồn ${code} đưa số liệu vào bằng cách khác, không phải bằng tệp`,
        en: `${code} brings figures by ${kindOf(source)}`,
      });
    return source;
  }
}

const crowded = () =>
  refuse('node-full', {
    vi: 'Hiện máy chủ đang đọc nhiều tệp; hãy thử lại sau',
    en: 'many files are read at this moment',
  });
const inOrder = <E extends { readonly row: number }>(errors: readonly E[]): E[] =>
  errors.toSorted((a, b) => a.row - b.row);

/** Read in another style it says something else. */
const hashOf = ({ bytes, style }: UploadFile): string =>
  createHash('sha256').update(`${style}\n`).update(bytes).digest('hex');

const jumpOf = ({ from, to }: PlannedMove): number =>
  from === null || to === null ? Number.POSITIVE_INFINITY : Math.abs(to - from) / Math.max(1, Math.abs(from));
const largestFirst = (moves: readonly PlannedMove[]): PlannedMove[] => moves.toSorted((a, b) => jumpOf(b) - jumpOf(a));
