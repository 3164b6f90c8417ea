import { EventEmitter } from 'node:events';
import type { Directive, Follow, Reminder } from '../../protocol/directive.ts';
import type { UnitCode, UnitPath } from '../../protocol/organisation.ts';
import type { UnitIndex } from '../organisation/UnitIndex.ts';
import { CatchUp } from '../shared/CatchUp.ts';
import type { Directives } from './Directives.ts';
import type { FollowActs } from './FollowActs.ts';
import type { DirectiveMark, UnitsHere } from './ports.ts';
import type { Reminders } from './Reminders.ts';

export interface DirectiveNewsParts {
  readonly directives: Directives;
  readonly acts: FollowActs;
  readonly reminders: Reminders;
  readonly units: { readonly index: UnitIndex };
  /** What could not be told, for the log: the inbox is the truth. */
  readonly failed: (error: unknown) => void;
}

/**
 * What the devices of this node are to hear of directives. It makes no difference whether an act of this node, a hint
 * or the sweep has brought the news.
 */
export class DirectiveNews extends EventEmitter<{
  /** DR30: it was issued or has ended; these addressees are here. */
  directive: [directive: Directive, units: readonly UnitCode[]];
  /** DR31: where addressees stand now; of what another node has recorded, those that are here. */
  followed: [follows: readonly Follow[]];
  /** DR29: these units are here, and were reminded. */
  reminded: [reminder: Reminder, units: readonly UnitCode[]];
  /** DR32: rows of its board have changed: those above these addressees, or all. */
  moved: [directive: string, paths: readonly UnitPath[] | 'all'];
}> {
  readonly #parts: DirectiveNewsParts;
  #here: () => UnitsHere = () => new Set();
  /** What was told here, as far as the sweep would still find it. */
  readonly #told = new Set<string>();
  readonly #catchUp = new CatchUp<DirectiveMark>({
    idOf: keyOf,
    isBehind: (mark) => !this.#told.has(keyOf(mark)),
    read: (mark) => this.#tell(mark),
    marks: () => this.#recent(),
  });

  constructor(parts: DirectiveNewsParts) {
    super();
    this.#parts = parts;
    const { directives, acts, reminders, failed } = parts;
    const changed = (directive: Directive) => void this.hint(directive).catch(failed);
    directives.on('issued', changed).on('ended', changed);
    acts.on('followed', (follows) => this.#follow(follows));
    reminders.on('reminded', (reminder) => void this.hintReminder(reminder).catch(failed));
  }

  /** @param here units that have a device on this node */
  tellTo(here: () => UnitsHere): void {
    this.#here = here;
  }

  /** DR30. @throws DomainError `store-unavailable`; the sweep tells it then */
  hint({ id, state }: DirectiveMark): Promise<void> {
    return this.#catchUp.hint({ id, state });
  }

  /** DR31: another node has recorded something for these addressees. @throws DomainError `store-unavailable` */
  async hintFollows(directive: string, changed: readonly UnitCode[]): Promise<void> {
    const { directives, units } = this.#parts;
    this.emit(
      'moved',
      directive,
      changed.flatMap((unit) => units.index.find(unit)?.path ?? []),
    );
    const here = this.#here();
    const pairs = changed.filter((unit) => here.has(unit)).map((unit) => ({ directive, unit }));
    if (pairs.length > 0) this.emit('followed', await directives.follows(pairs));
  }

  /** DR29. @throws DomainError `store-unavailable` */
  async hintReminder(reminder: Reminder): Promise<void> {
    const { directive, moment } = reminder;
    // From now on they are overdue.
    if (moment === 'deadline') this.emit('moved', directive, 'all');
    const units = await this.#parts.reminders.reminded(directive, moment, [...this.#here().keys()]);
    if (units.length > 0) this.emit('reminded', reminder, units);
  }

  /** What a lost message, or the death of the node that should have sent it, has left untold. */
  async sweep(): Promise<void> {
    await this.#catchUp.sweep();
  }

  async #recent(): Promise<readonly DirectiveMark[]> {
    const before = new Set(this.#told);
    const recent = await this.#parts.directives.recent();
    const found = new Set(recent.map(keyOf));
    for (const key of before) if (!found.has(key)) this.#told.delete(key);
    return recent;
  }

  async #tell(mark: DirectiveMark): Promise<void> {
    this.#told.add(keyOf(mark));
    this.emit('moved', mark.id, 'all');
    try {
      const heard = await this.#parts.directives.heardBy(mark.id, this.#here());
      if (heard) this.emit('directive', heard.directive, heard.units);
    } catch (error) {
      this.#told.delete(keyOf(mark));
      throw error;
    }
  }

  #follow(follows: readonly Follow[]): void {
    // What happens here must not reach those who wait for the commit, which is done.
    try {
      for (const { directive, path } of follows) this.emit('moved', directive, [path]);
      this.emit('followed', follows);
    } catch (error) {
      this.#parts.failed(error);
    }
  }
}

const keyOf = ({ id, state }: DirectiveMark) => `${id} ${state}`;
