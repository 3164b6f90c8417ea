import type { Logger } from '../../../observability/logger.ts';
import { refuse } from '../../../protocol/errors.ts';
import type { FigureContact } from '../../../protocol/figureContact.ts';
import type { Indicator } from '../../../protocol/figureDefinition.ts';
import type { Account, UnitCode, UnitPath } from '../../../protocol/organisation.ts';
import { at, demand, demandFigure, noIndicator } from '../../shared/rights.ts';

export interface FigureContactStore {
  find(indicator: string, unit: UnitCode): Promise<FigureContact | undefined>;
  /** @param contact null: nobody any more */
  put(indicator: string, unit: UnitCode, contact: FigureContact | null, by: string): Promise<void>;
  /** CT7: those of units that are no more. */
  forgetClosed(): Promise<void>;
}
interface FigureContactParts {
  readonly store: FigureContactStore;
  readonly tree: () => { find(code: UnitCode): { readonly path: UnitPath } | undefined };
  readonly indicators: () => Pick<ReadonlyMap<string, Pick<Indicator, 'code' | 'seenBy'>>, 'get'>;
  readonly logger: Logger;
}

/** FG69: who answers for a figure in a unit: read and named by the unit itself and by those who lead its territory. */
export class FigureContacts {
  readonly #o: FigureContactParts;

  constructor(parts: FigureContactParts) {
    this.#o = parts;
  }

  /** @throws DomainError `not-found`, `forbidden`, `outside-territory` */
  async read(account: Account, indicator: string, unit: UnitCode): Promise<FigureContact | null> {
    this.#demand(account, indicator, unit);
    return (await this.#o.store.find(indicator, unit)) ?? null;
  }

  /** @throws DomainError as `read` */
  async name(account: Account, indicator: string, unit: UnitCode, contact: FigureContact | null): Promise<void> {
    this.#demand(account, indicator, unit);
    await this.#o.store.put(indicator, unit, contact, account.id);
    // Whom it names stands in no log.
    this.#o.logger.info(
      { indicator, unit, by: account.id, named: contact !== null },
      'who answers for a figure changed',
    );
  }

  /** CT7: people of a unit that is closed are rung by nobody. */
  sweep(): Promise<void> {
    return this.#o.store.forgetClosed();
  }

  #demand(account: Account, indicator: string, unit: UnitCode): void {
    const place = this.#o.tree().find(unit);
    if (!place) throw refuse('not-found', { vi: `Không có đơn vị ${unit}`, en: `there is no unit ${unit}` });
    demand(account, 'figure.contact', at(place.path));
    const of = this.#o.indicators().get(indicator);
    if (!of) throw noIndicator(indicator);
    demandFigure(account, 'figure.contact', of, place.path);
  }
}
