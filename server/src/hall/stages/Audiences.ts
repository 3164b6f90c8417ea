import { devicesWithin } from '../../domain/shared/stages.ts';
import { upFrom } from '../../domain/shared/territory.ts';
import type { UnitPath } from '../../protocol/organisation.ts';
import type { StageOrders, StageViewer } from './StageOrders.ts';

/** TR8: those who see a stage, found without a look at everybody else: participants by the units that they lie in. */
export class Audiences<V extends StageViewer> {
  readonly #stage: Pick<StageOrders, 'stages'>;
  readonly #members: ReadonlyMap<string, V>;
  readonly #below = new Map<UnitPath, Set<V>>();
  readonly #pathOf = new Map<V, UnitPath>();

  /** @param members all participants by their identity */
  constructor(stage: Pick<StageOrders, 'stages'>, members: ReadonlyMap<string, V>) {
    this.#stage = stage;
    this.#members = members;
  }

  /** They came, or lie in another unit now. */
  put(viewer: V): void {
    const { path } = viewer.standing;
    if (this.#pathOf.get(viewer) === path) return;
    this.delete(viewer);
    this.#pathOf.set(viewer, path);
    for (const unit of upFrom(path)) {
      const there = this.#below.get(unit) ?? new Set<V>();
      this.#below.set(unit, there.add(viewer));
    }
  }

  delete(viewer: V): void {
    const path = this.#pathOf.get(viewer);
    if (path === undefined) return;
    this.#pathOf.delete(viewer);
    for (const unit of upFrom(path)) {
      const there = this.#below.get(unit);
      there?.delete(viewer);
      if (there?.size === 0) this.#below.delete(unit);
    }
  }

  /** Whoever lies in this unit or below it. */
  below(unit: UnitPath): Iterable<V> {
    return this.#below.get(unit) ?? [];
  }

  /** TR1: everybody to whom the stage is more than `none`, each once. */
  of(stage: UnitPath): Iterable<V> {
    const { stages } = this.#stage;
    if (!stages || stage === stages.root) return this.#members.values();
    const audience = new Set(this.#below.get(stage));
    for (const identity of devicesWithin(stages, stage)) {
      const viewer = this.#members.get(identity);
      if (viewer) audience.add(viewer);
    }
    return audience;
  }
}
