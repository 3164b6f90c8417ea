import { Units } from '../../server/src/domain/organisation/Units.ts';
import { Postgres } from '../../server/src/store/postgres/base/Postgres.ts';
import { PgFigureDefinitions } from '../../server/src/store/postgres/figure/PgFigureDefinitions.ts';
import { PgFigureIntake } from '../../server/src/store/postgres/figure/PgFigureIntake.ts';
import { PgUnits } from '../../server/src/store/postgres/organisation/PgUnits.ts';
import { openStores } from '../../server/test/support/stores.ts';
import { FigureBench } from './figureBench.ts';
import { foundCountry } from './rollcallCountry.ts';

export interface FigureCountry {
  readonly bench: FigureBench;
  readonly postgres: Postgres;
  readonly units: Units;
  /** Of the role that owns the tables. */
  readonly url: string;
}

/** With stores of its own, in a folder that is removed afterwards: a country of so many communes, of which no figures are there yet. */
export async function inCountry<T>(communes: number, work: (country: FigureCountry) => Promise<T>): Promise<T> {
  const stores = await openStores({ own: true });
  const postgres = await Postgres.create(stores.databaseUrl, () => undefined, 4);
  try {
    await foundCountry(stores.databaseUrl, communes);
    const units = await Units.create(new PgUnits(postgres));
    const [definitions, intake] = [new PgFigureDefinitions(postgres), new PgFigureIntake(postgres)];
    const bench = await FigureBench.create({ postgres, definitions, intake, units });
    return await work({ bench, postgres, units, url: stores.databaseUrl });
  } finally {
    await postgres.close();
    await stores.close();
  }
}
