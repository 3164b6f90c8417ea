import type { FigureContactStore } from '../../../../domain/figure/contact/FigureContacts.ts';
import type { FigureContact } from '../../../../protocol/figureContact.ts';
import type { Postgres } from '../../base/Postgres.ts';
import { isOfClosedUnit } from '../../organisation/closedUnits.ts';

/** Who answers for figures, in PostgreSQL. */
export class PgFigureContacts implements FigureContactStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  async find(indicator: string, unit: string): Promise<FigureContact | undefined> {
    const [row] = await this.#postgres.query<FigureContact>(
      'SELECT name, title, telephone FROM figure_contacts WHERE indicator = $1 AND unit = $2',
      [indicator, unit],
    );
    return row;
  }

  async forgetClosed(): Promise<void> {
    await this.#postgres.query(`DELETE FROM figure_contacts c WHERE ${isOfClosedUnit('c.unit')}`);
  }

  async put(...[indicator, unit, contact, by]: Parameters<FigureContactStore['put']>): Promise<void> {
    if (contact === null) {
      await this.#postgres.query('DELETE FROM figure_contacts WHERE indicator = $1 AND unit = $2', [indicator, unit]);
      return;
    }
    const { name, title, telephone } = contact;
    await this.#postgres.query(
      `INSERT INTO figure_contacts (indicator, unit, name, title, telephone, changed_by) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (indicator, unit) DO UPDATE SET name = excluded.name, title = excluded.title,
         telephone = excluded.telephone, changed_at = clock_timestamp(), changed_by = excluded.changed_by`,
      [indicator, unit, name, title, telephone, by],
    );
  }
}
