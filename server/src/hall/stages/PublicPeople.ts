import type { UnitPath } from '../../protocol/organisation.ts';

/**
 * Those whom others see, by the stage on which they are seen: a viewer looks through the few stages above them, however
 * many there are.
 */
export class PublicPeople<P> {
  readonly #stageOf = new Map<P, UnitPath>();
  readonly #byStage = new Map<UnitPath, Set<P>>();

  get all(): ReadonlySet<P> & { readonly size: number } {
    return this.#everybody;
  }
  readonly #everybody = new Set<P>();

  /** On which stage others see them; undefined: nobody does. */
  stageOf(person: P): UnitPath | undefined {
    return this.#stageOf.get(person);
  }

  on(stage: UnitPath): Iterable<P> {
    return this.#byStage.get(stage) ?? [];
  }

  stages(): Iterable<UnitPath> {
    return this.#byStage.keys();
  }

  add(person: P, stage: UnitPath): void {
    if (this.#stageOf.get(person) === stage) return;
    this.delete(person);
    this.#stageOf.set(person, stage);
    this.#everybody.add(person);
    const there = this.#byStage.get(stage) ?? new Set<P>();
    this.#byStage.set(stage, there.add(person));
  }

  /** @returns where they were seen */
  delete(person: P): UnitPath | undefined {
    const stage = this.#stageOf.get(person);
    if (stage === undefined) return undefined;
    this.#stageOf.delete(person);
    this.#everybody.delete(person);
    const there = this.#byStage.get(stage);
    there?.delete(person);
    if (there?.size === 0) this.#byStage.delete(stage);
    return stage;
  }
}
