import type { Briefing } from '../../protocol/briefing.ts';
import { refuse } from '../../protocol/errors.ts';
import type { Account, UnitCode, UnitPath } from '../../protocol/organisation.ts';
import type { HeldSession } from '../../protocol/report.ts';
import type { AttendanceService } from '../attendance/AttendanceService.ts';
import { stageTimes, whenShown } from '../floor/stagesShown.ts';
import { at, demand } from '../shared/rights.ts';
import { heldSessions, type SessionOnRecord } from './heldSessions.ts';
import type { SessionRecord, SessionRecords } from './ports.ts';
import { type PresenceLine, presenceIn } from './presenceIn.ts';
import { type PersonLine, peopleOfSession } from './sessionPeople.ts';
import type { Source } from './table.ts';

/** One session, with the record that it was read from. */
export interface SessionFound {
  readonly session: SessionOnRecord;
  readonly record: SessionRecord;
}

export interface SessionReportsParts {
  readonly records: SessionRecords;
  readonly attendance: Pick<AttendanceService, 'spells'>;
  /** May they see it? @throws DomainError `not-found`, `outside-territory` */
  readonly readBriefing: (account: Account, id: string) => Promise<Briefing>;
}

/** TR18: sessions that units held for themselves, and what their reports say. */
export class SessionReports {
  readonly #o: SessionReportsParts;

  constructor(parts: SessionReportsParts) {
    this.#o = parts;
  }

  /** Those of the territory. @throws DomainError `forbidden`, `not-found`, `outside-territory` */
  async list(account: Account, briefing: string): Promise<HeldSession[]> {
    demand(account, 'report.make', at(account.unit.path));
    await this.#o.readBriefing(account, briefing);
    const record = await this.#record(briefing);
    return heldSessions(record, account.unit.path).map(({ path: _, ...session }) => session);
  }

  /** @param territory of the reader @throws DomainError `not-found`, also of one that lies elsewhere (TR1) */
  async find(briefing: string, unit: UnitCode, territory: UnitPath): Promise<SessionFound> {
    const record = await this.#record(briefing);
    const session = heldSessions(record, territory).find((held) => held.unit === unit);
    if (!session) throw refuse('not-found', 'no session of this unit was held in your territory');
    return { session, record };
  }

  /** One row for each expected unit of its territory and each time that it was held. */
  async presence(briefing: string, { session, record }: SessionFound): Promise<Source<PresenceLine>> {
    const { total, until, rows } = await this.#o.attendance.spells(briefing, session.path);
    const times = stageTimes(record);
    async function* lines(): AsyncGenerator<readonly PresenceLine[]> {
      for await (const units of rows)
        yield units.flatMap((unit) =>
          presenceIn(session, unit, whenShown(times, unit.path, session.path, until), until),
        );
    }
    return { total: total * session.times.length, rows: lines() };
  }

  /** @param territory of the reader */
  people({ session, record }: SessionFound, territory: UnitPath): Source<PersonLine> {
    const people = peopleOfSession(record, session, territory);
    async function* lines(): AsyncGenerator<readonly PersonLine[]> {
      yield people;
    }
    return { total: people.length, rows: lines() };
  }

  async #record(briefing: string): Promise<SessionRecord> {
    const record = await this.#o.records.find(briefing);
    if (!record) throw refuse('not-found', 'there is no such briefing');
    return record;
  }
}
