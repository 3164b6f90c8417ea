import { EventEmitter } from 'node:events';
import type { Directive, Reminder, ReminderMoment } from '../../protocol/directive.ts';
import type { UnitCode } from '../../protocol/organisation.ts';
import type { ReminderStore } from './ports.ts';

interface ReminderEvents {
  /** After the commit that recorded who was reminded. */
  reminded: [Reminder];
}

/** Wakes somebody at a moment of a directive; a wake-up may be lost, come early or twice. */
export interface ReminderAlarm {
  at(directive: string, moment: ReminderMoment, inMs: number): void;
}

/** DR27–DR29: reminds those who are behind. */
export class Reminders extends EventEmitter<ReminderEvents> {
  readonly #store: ReminderStore;
  readonly #alarm: ReminderAlarm;

  constructor(store: ReminderStore, alarm: ReminderAlarm) {
    super();
    this.#store = store;
    this.#alarm = alarm;
  }

  /** Sets the alarms of a directive that was issued. */
  async plan({ id, deadline }: Pick<Directive, 'id' | 'deadline'>): Promise<void> {
    if (deadline === null) return;
    for (const { moment, inMs } of await this.#store.coming(id)) this.#alarm.at(id, moment, inMs);
  }

  /** Does what is due for this directive by the store's clock; nothing when it is too early or was done. */
  async remind(directive: string): Promise<void> {
    const done = await this.#store.remind(directive);
    if (done) this.emit('reminded', done.reminder);
  }

  /** Finds what jobs have left behind. */
  async sweep(): Promise<void> {
    const due = await this.#store.due();
    for (const directive of new Set(due.map((each) => each.directive))) await this.remind(directive);
  }

  reminded(directive: string, moment: ReminderMoment, units: readonly UnitCode[]): Promise<readonly UnitCode[]> {
    return this.#store.reminded(directive, moment, units);
  }
}
