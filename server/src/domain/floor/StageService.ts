import { refuse } from '../../protocol/errors.ts';
import type { BriefingActor } from '../shared/actor.ts';
import { type Act, at, demand } from '../shared/rights.ts';
import type { FloorChange } from './FloorState.ts';
import type { LiveFloors } from './LiveFloors.ts';
import { closeStage, enterStage, openStage, type StageUnit } from './openStages.ts';
import type { CallableUnits, FloorStore, Moment, PresentDevices } from './ports.ts';

/** The acts on stages of units below the briefing's own. Each resolves after the commit, and may be repeated. */
export class StageService {
  readonly #store: FloorStore;
  readonly #live: LiveFloors;
  readonly #devices: Pick<PresentDevices, 'seat'>;
  readonly #units: CallableUnits;

  constructor(parts: {
    store: FloorStore;
    live: LiveFloors;
    devices: Pick<PresentDevices, 'seat'>;
    units: CallableUnits;
  }) {
    this.#store = parts.store;
    this.#live = parts.live;
    this.#devices = parts.devices;
    this.#units = parts.units;
  }

  /**
   * TR1. @throws DomainError `forbidden`, `outside-territory`, `not-found`, `bad-request`, `conflict`, `not-live`,
   * `briefing-closed`
   */
  async open(actor: BriefingActor, code: string): Promise<void> {
    const unit = this.#unit(actor, 'stage.open', code);
    const seat = this.#devices.seat(actor.briefing, actor.seat.identity) ?? actor.seat;
    await this.#change(actor, 'stage.open', (moment) => openStage(moment, unit, seat), unit);
  }

  /** TR3. @throws DomainError `forbidden`, `outside-territory`, `not-found` */
  async close(actor: BriefingActor, code: string): Promise<void> {
    const unit = this.#unit(actor, 'stage.close', code);
    await this.#change(actor, 'stage.close', (moment) => closeStage(moment, unit.path), unit);
  }

  /** TR5. @throws DomainError `forbidden`, `outside-territory`, `not-found`, `not-live`, `briefing-closed` */
  async enter(actor: BriefingActor, code: string | null): Promise<void> {
    demand(actor.account, 'stage.enter');
    const unit = code === null ? undefined : this.#unit(actor, 'stage.enter', code);
    const decide = (moment: Moment) => enterStage(moment, actor.seat.identity, unit?.path ?? null);
    await this.#change(actor, 'stage.enter', decide, unit);
  }

  #unit(actor: BriefingActor, act: Act, code: string): StageUnit {
    demand(actor.account, act);
    const unit = this.#units.find(code);
    if (!unit) throw refuse('not-found', `there is no unit ${code}`);
    demand(actor.account, act, at(unit.path));
    return unit;
  }

  async #change(
    actor: BriefingActor,
    act: Act,
    decide: (moment: Moment) => readonly FloorChange[],
    unit?: StageUnit,
  ): Promise<void> {
    const { account, seat, briefing } = actor;
    const record = { act, account: account.id, identity: seat.identity, unit: unit?.code };
    this.#live.commit(await this.#store.change(briefing, record, decide));
  }
}
