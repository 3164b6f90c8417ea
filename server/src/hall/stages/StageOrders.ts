import type { StageOrder } from '../../domain/shared/stage.ts';
import { relationTo, type StageMap, type StageRelation, stagesAround } from '../../domain/shared/stages.ts';
import type { UnitPath } from '../../protocol/organisation.ts';
import type { RoomPolicy, Standing } from './places.ts';
import { placeOf, type RoomPlace } from './places.ts';

/** Somebody who looks. */
export interface StageViewer {
  readonly identity: string;
  readonly standing: Standing;
}

/**
 * Who stands where in one room, by the orders of the floor, and who is shown which stage. Orders are of identities: of
 * those who are away as well.
 */
export class StageOrders {
  readonly #orders = new Map<string, StageOrder>();
  #policy: RoomPolicy = { kind: 'open' };
  #isSilent = false;

  get policy(): RoomPolicy {
    return this.#policy;
  }
  /** undefined: an open room. */
  get stages(): StageMap | undefined {
    return this.#policy.kind === 'stage' ? this.#policy.stages : undefined;
  }

  /** Makes it a briefing, or sets its orders anew. */
  reset(policy: RoomPolicy, orders: readonly StageOrder[]): void {
    this.#policy = policy;
    this.#orders.clear();
    for (const order of orders) this.#orders.set(order.identity, order);
  }

  set(order: StageOrder): void {
    if (order.place === 'audience' && !order.muted) this.#orders.delete(order.identity);
    else this.#orders.set(order.identity, order);
  }

  /** TR2. @returns what was before; undefined: an open room, for which nothing is arranged */
  arrange(stages: StageMap): StageMap | undefined {
    const before = this.stages;
    if (before) this.#policy = { kind: 'stage', stages };
    return before;
  }

  /** Whether it takes somebody from one stage to another. */
  isMove(order: StageOrder): boolean {
    const before = this.#orders.get(order.identity);
    return before !== undefined && isOn(before) && isOn(order) && before.stage !== order.stage;
  }

  placeOf(identity: string): RoomPlace {
    return placeOf(this.#policy, this.#orders.get(identity));
  }

  /** Whether the sound of this identity is held muted: by a moderator, or because a card silences the stage. */
  isMuted(identity: string): boolean {
    if (this.#policy.kind !== 'stage') return false;
    return this.#orders.get(identity)?.muted === true || this.isSilenced(identity);
  }

  /** Silences the briefing's own stage, or ends that. (PN15) @returns whether that is new */
  silence(silent: boolean): boolean {
    const isNew = silent !== this.#isSilent;
    this.#isSilent = silent;
    return isNew;
  }

  /** On the briefing's own stage while a card silences it. (PN15) */
  isSilenced(identity: string): boolean {
    if (!this.#isSilent || !this.stages) return false;
    return this.#orders.get(identity)?.place === 'stage' && !this.isBelow(identity);
  }

  /** On which stage they stand; in an open room all stand on one. */
  stageOf(identity: string): UnitPath {
    return this.#orders.get(identity)?.stage ?? this.stages?.root ?? '';
  }

  /** TR4: on that of a unit below the briefing's own. */
  isBelow(identity: string): boolean {
    return this.stages !== undefined && this.stageOf(identity) !== this.stages.root;
  }

  /** TR1: what a stage is to a viewer. */
  relation({ identity, standing: { path } }: StageViewer, stage: UnitPath): StageRelation {
    return this.stages ? relationTo(this.stages, { identity, path }, stage) : 'main';
  }

  /** TR1: the stages that a viewer sees, open or not. */
  around({ identity, standing: { path } }: StageViewer, stages = this.stages): ReadonlySet<UnitPath> {
    return stages ? stagesAround(stages, { identity, path }) : OPEN;
  }
}

const isOn = ({ place }: StageOrder): boolean => place !== 'audience';
const OPEN: ReadonlySet<UnitPath> = new Set(['']);
