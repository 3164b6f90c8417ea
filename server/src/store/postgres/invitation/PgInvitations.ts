import type { InvitationAct, InvitationStore, InvitedSeat } from '../../../domain/invitation/ports.ts';
import type { Postgres } from '../base/Postgres.ts';
import { chainOfBriefing, sealed } from '../record/sealed.ts';

export class PgInvitations implements InvitationStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  async seats(units: readonly string[]): Promise<readonly InvitedSeat[]> {
    return this.#postgres.query<InvitedSeat & Record<string, unknown>>(
      `SELECT DISTINCT ON (a.unit) a.unit, a.id AS account,
         EXISTS (SELECT FROM links l WHERE l.account = a.id AND l.revoked_at IS NULL AND l.bound_device IS NOT NULL
           AND (l.expires_at IS NULL OR l.expires_at > clock_timestamp()))
         OR EXISTS (SELECT FROM credentials c WHERE c.account = a.id) AS "signsIn"
       FROM accounts a WHERE a.role = 'seat' AND a.disabled_at IS NULL AND a.unit = ANY ($1)
       ORDER BY a.unit, a.created_at, a.id`,
      [units],
    );
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
