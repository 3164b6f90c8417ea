import type { InvitationAct, InvitationStore, InvitedSeat } from '../../../domain/invitation/ports.ts';
import type { Postgres } from '../base/Postgres.ts';
import { waysIn } from '../organisation/accountParts.ts';
import { chainOfBriefing, sealed } from '../record/sealed.ts';

export class PgInvitations implements InvitationStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  async seats(units: readonly string[]): Promise<readonly InvitedSeat[]> {
    return this.#postgres.query<InvitedSeat & Record<string, unknown>>(
      `SELECT DISTINCT ON (a.unit) a.unit, a.id AS account,
         EXISTS (${waysIn('a.id')}) AS "hasWayIn"
       FROM accounts a WHERE a.role = 'seat' AND a.disabled_at IS NULL AND a.unit = ANY ($1)
       ORDER BY a.unit, a.created_at, a.id`,
      [units],
    );
  }

  async principalOf(unit: string): Promise<string | undefined> {
    const [found] = await this.#postgres.query<{ name: string }>(
      `SELECT name FROM accounts WHERE role = 'principal' AND disabled_at IS NULL AND unit = $1
       ORDER BY created_at, id LIMIT 1`,
      [unit],
    );
    return found?.name;
  }

  /** AU1 */
  async record({ byName: by_name, ...act }: InvitationAct): Promise<void> {
    await this.#postgres.transaction((sql) =>
      sealed(sql, chainOfBriefing(act.briefing), (batch) =>
        batch.insert('invitations', [{ ...act, by_name, at: batch.at }]),
      ),
    );
  }
}
