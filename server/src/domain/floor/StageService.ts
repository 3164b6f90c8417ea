import { refuse } from '../../protocol/errors.ts';
import type { Seat } from '../../protocol/floor.ts';
import type { Account, UnitPath } from '../../protocol/organisation.ts';
import type { ShownStage } from '../../protocol/stageRecord.ts';
import type { BriefingActor } from '../shared/actor.ts';
import { at, demand } from '../shared/rights.ts';
import type { Act } from '../shared/rightsTable.ts';
import type { FloorChange } from './FloorState.ts';
import type { LiveFloors } from './LiveFloors.ts';
import { closeStages, enterStage, openStage, type StageUnit } from './openStages.ts';
import type { BackAlarm, FloorOutcome, FloorStore, Moment, PresentDevices, StageUnits } from './ports.ts';
import { stagesShown } from './stagesShown.ts';
import { backIfDue, breakOut, gatherEyes, startBack, stay } from './tiers.ts';
import { visitStage } from './visits.ts';

/** Devices of a briefing that are here. */
export interface StageDevices extends Pick<PresentDevices, 'seat'> {
  /** Of the officials of a unit. */
  officials(briefing: string, unit: string): readonly Seat[];
}

/** The acts on stages of units below the briefing's own. Each resolves after the commit, and may be repeated. */
export class StageService {
  readonly #store: FloorStore;
  readonly #live: LiveFloors;
  readonly #devices: StageDevices;
  readonly #units: StageUnits;
  readonly #alarm: BackAlarm;

  constructor(parts: {
    store: FloorStore;
    live: LiveFloors;
    devices: StageDevices;
    units: StageUnits;
    alarm: BackAlarm;
  }) {
    this.#store = parts.store;
    this.#live = parts.live;
    this.#devices = parts.devices;
    this.#units = parts.units;
    this.#alarm = parts.alarm;
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
    await this.#change(actor, 'stage.close', (moment) => closeStages(moment, [unit.path]), unit);
  }

  /** TR5. @throws DomainError `forbidden`, `outside-territory`, `not-found`, `not-live`, `briefing-closed` */
  async enter(actor: BriefingActor, code: string | null): Promise<void> {
    demand(actor.account, 'stage.enter');
    const unit = code === null ? undefined : this.#unit(actor, 'stage.enter', code);
    const decide = (moment: Moment) => enterStage(moment, actor.seat.identity, unit?.path ?? null);
    await this.#change(actor, 'stage.enter', decide, unit);
  }

  /**
   * TR14. @throws DomainError `forbidden`, `outside-territory`, `not-found`, `bad-request`, `conflict`, `not-live`,
   * `briefing-closed`
   */
  async visit(actor: BriefingActor, code: string): Promise<void> {
    const unit = this.#unit(actor, 'stage.visit', code);
    const seat = this.#devices.seat(actor.briefing, actor.seat.identity) ?? actor.seat;
    await this.#change(actor, 'stage.visit', (moment) => visitStage(moment, seat, unit.path), unit);
  }

  /**
   * TR10: of the tier below the unit. @returns how many stages are open there, and on how many of them nobody stands
   * @throws DomainError `forbidden`, `outside-territory`, `not-found`, `not-live`, `briefing-closed`
   */
  async breakOut(actor: BriefingActor, code: string): Promise<{ open: number; empty: number }> {
    const unit = this.#unit(actor, 'stage.breakOut', code);
    const tier = this.#units.tierBelow(code);
    const chairs = new Map(tier.map((below) => [below.code, this.#devices.officials(actor.briefing, below.code)]));
    const { floor } = await this.#change(
      actor,
      'stage.breakOut',
      (moment) => breakOut(moment, tier, chairs, actor.account.name),
      unit,
    );
    const open = floor.stages.filter(({ path }) => tier.some((below) => below.path === path));
    const taken = new Set(floor.speakers.flatMap(({ stage, place }) => (place === 'green' ? [] : (stage ?? []))));
    return { open: open.length, empty: open.filter(({ path }) => !taken.has(path)).length };
  }

  /** TR11. @throws DomainError as `breakOut` */
  async gather(actor: BriefingActor, code: string, eyes: boolean): Promise<void> {
    const unit = this.#unit(actor, 'stage.gather', code);
    await this.#change(actor, 'stage.gather', (moment) => gatherEyes(moment, unit.path, eyes), unit);
  }

  /** TR12. @throws DomainError as `breakOut` */
  async back(actor: BriefingActor, code: string, seconds: number): Promise<void> {
    const unit = this.#unit(actor, 'stage.back', code);
    const decide = (moment: Moment) => startBack(moment, unit.path, seconds);
    const { floor } = await this.#change(actor, 'stage.back', decide, unit);
    const isRunning = floor.gathers.some(({ path, backAt }) => path === unit.path && backAt !== null);
    if (isRunning) this.#alarm.back(actor.briefing, unit.path, seconds * 1_000);
  }

  /** TR12. @throws DomainError `forbidden`, `outside-territory`, `not-found` */
  async stay(actor: BriefingActor, code: string): Promise<void> {
    const unit = this.#unit(actor, 'stage.stay', code);
    await this.#change(actor, 'stage.stay', (moment) => stay(moment, unit.path), unit);
  }

  /** TR13. @throws DomainError `forbidden`, `outside-territory`, `not-found` */
  async shown(account: Account, briefing: string, code: string): Promise<ShownStage[]> {
    demand(account, 'stage.shown');
    const unit = this.#units.find(code);
    if (!unit) throw refuse('not-found', `there is no unit ${code}`);
    demand(account, 'stage.shown', at(unit.path));
    const record = await this.#store.stageRecord(briefing);
    if (!record) throw refuse('not-found', 'there is no such briefing');
    return stagesShown(record, unit.path);
  }

  /** TR12: wakes may come early, twice or late. */
  async backDue(briefing: string, path: UnitPath): Promise<void> {
    const record = { act: 'stage.back-due', account: null };
    this.#live.commit(await this.#store.change(briefing, record, (moment) => backIfDue(moment, path)));
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
  ): Promise<FloorOutcome> {
    const { account, seat, briefing } = actor;
    const record = { act, account: account.id, identity: seat.identity, unit: unit?.code };
    const outcome = await this.#store.change(briefing, record, decide);
    this.#live.commit(outcome);
    return outcome;
  }
}
