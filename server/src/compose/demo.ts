import { linkCrowd } from '../demo/crowd.ts';
import { DemoFigures } from '../demo/figure/DemoFigures.ts';
import { HourlyReports } from '../demo/figure/HourlyReports.ts';
import { reportersIn } from '../demo/figure/reporters.ts';
import { demoHindrance } from '../demo/hindrance.ts';
import { addOperator, type DemoLink, type DemoParts, loadDemo } from '../demo/loadDemo.ts';
import { treeThere } from '../demo/trees.ts';
import { FigureIntake } from '../domain/figure/FigureIntake.ts';
import type { InstallationStore } from '../domain/organisation/ports.ts';
import { demoRoutes } from '../edge/http/demo/routes.ts';
import type { Clock } from '../lib/clock.ts';
import { StartRefusal } from '../lib/StartRefusal.ts';
import type { Postgres } from '../store/postgres/base/Postgres.ts';
import { PgFigureDefinitions } from '../store/postgres/figure/PgFigureDefinitions.ts';
import { PgFigureIntake } from '../store/postgres/figure/PgFigureIntake.ts';
import type { Base } from './Base.ts';
import type { Part } from './Part.ts';

/** What is served here: a demo; what was made as one, without its links; or neither. */
export type Demo = 'on' | 'quiet' | 'none';

/** Before a store is started. @throws StartRefusal when a demo is asked for where none can be */
export function requireDemoPossible({ config }: Base): void {
  const why = config.DEMO ? demoHindrance(config) : undefined;
  if (why !== undefined)
    throw new StartRefusal(
      `DEMO=on is refused, since ${why}: unset it, and make a real installation (npm run dh -- init)`,
    );
}

/**
 * Whether these data are a demo: they are, when they were made as one, and they are made as one by the first start on
 * loopback with embedded stores that finds nothing.
 * @throws StartRefusal when they are one and this is no place for it, or are none and one is asked for
 */
export async function decideDemo({ config, logger }: Base, installation: InstallationStore): Promise<Demo> {
  const { DEMO, DATA_DIR } = config;
  const why = demoHindrance(config);
  const known = await installation.kind();
  if (known === 'demo' && why !== undefined)
    throw new StartRefusal(
      `the data were made as a demo, and ${why}: a demo is for this machine alone, so name other data (DATA_DIR, DATABASE_URL) and run npm run dh -- init`,
    );
  const wanted = why === undefined && DEMO !== false;
  const kind = known ?? (wanted ? await installation.declare('demo') : undefined);
  if (kind === 'demo') return DEMO === false ? 'quiet' : 'on';
  if (DEMO)
    throw new StartRefusal(
      `DEMO=on is refused, since the data in ${DATA_DIR} were not made as a demo: unset it, or set another DATA_DIR`,
    );
  // Also data of a version that did not say yet what they are.
  if (wanted && kind === undefined) logger.warn('the data were not made as a demo: another DATA_DIR begins one');
  return 'none';
}

/** DC7: what the first page of a demo offers; nothing until its people are there, and no route where there is no demo. */
export function composeDemoRoles(demo: Demo, { config }: Base) {
  let links: readonly DemoLink[] = [];
  let release = async (): Promise<void> => undefined;
  const roles = async () => {
    await release();
    return links.map(({ role, name, url }) => ({ role, name, url }));
  };
  const isOffered = demo === 'on' && config.DEMO_ROLES;
  return {
    part: { name: 'roles of the demo', routes: isOffered ? demoRoutes(roles) : [] } satisfies Part,
    offer: (found: readonly DemoLink[], { accountStore }: Pick<DemoParts, 'accountStore'>): void => {
      links = found;
      release = () => accountStore.releaseDemoLinks(found.map(({ secretHash }) => secretHash));
    },
  };
}

type Needs = DemoParts & { readonly postgres: Postgres; readonly clock: Clock };

/** Links of a demo for whoever started it; none for anybody else. Its figures come while it is served already. */
export async function composeDemo(
  demo: Demo,
  { config, logger, closer }: Base,
  needs: Needs,
): Promise<readonly DemoLink[]> {
  if (demo !== 'on') return [];
  const links = [...(await loadDemo(needs)), ...(await addOperator(needs))];
  const { postgres, units, clock } = needs;
  const tree = treeThere(units.index);
  if (config.DEMO_TREE !== undefined && tree !== config.DEMO_TREE)
    logger.warn({ tree }, 'the demo keeps the tree that it began with; another DATA_DIR begins one with DEMO_TREE');
  if (config.DEMO_CROWD > 0) await linkCrowd(needs, config.DEMO_CROWD);
  if (!config.DEMO_FIGURES) return links;
  const definitions = new PgFigureDefinitions(postgres);
  // Boards find by their sweep what comes by this way.
  const store = new PgFigureIntake(postgres);
  const intake = new FigureIntake({ store, tree: () => units.index, committed: () => undefined });
  const reporters = reportersIn(units.index);
  const figures = closer.own(
    'figures of the demo',
    DemoFigures.begin({ intake, definitions, reporters: async () => reporters, clock, logger }),
  );
  if (config.DEMO_CROWD === 0) return links;
  const hourly = closer.own('hourly reports of the demo', new HourlyReports({ intake, reporters, clock, logger }));
  void figures.done.then(() => hourly.begin());
  return links;
}
