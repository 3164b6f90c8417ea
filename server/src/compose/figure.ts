import { Counter, Histogram } from 'prom-client';
import { nodeTopic } from '../cluster/bus/nodeTopic.ts';
import { figureTopic } from '../cluster/topics/figure.ts';
import { FigureActService } from '../domain/figure/act/FigureActService.ts';
import { AskedFigures } from '../domain/figure/asked/AskedFigures.ts';
import { FigureBorders } from '../domain/figure/borders/FigureBorders.ts';
import { shippedBorders } from '../domain/figure/borders/shippedCountry.ts';
import { Crossings } from '../domain/figure/Crossings.ts';
import { FigureContacts } from '../domain/figure/contact/FigureContacts.ts';
import { FigureCards } from '../domain/figure/FigureCards.ts';
import { FigureIntake } from '../domain/figure/FigureIntake.ts';
import { FigureService } from '../domain/figure/FigureService.ts';
import { FigureForm } from '../domain/figure/form/FigureForm.ts';
import { FrameMaker } from '../domain/figure/kept/FrameMaker.ts';
import { LiveFigures } from '../domain/figure/LiveFigures.ts';
import { KEPT } from '../domain/figure/limits.ts';
import { FigureOwners } from '../domain/figure/owner/FigureOwners.ts';
import { FigurePasts } from '../domain/figure/past/FigurePasts.ts';
import { FigureReading } from '../domain/figure/reading/FigureReading.ts';
import { ReaderKeys } from '../domain/figure/reading/ReaderKeys.ts';
import { SourceKeys } from '../domain/figure/SourceKeys.ts';
import type { SeenIn } from '../domain/figure/stage/StageFrames.ts';
import { FigureUploads } from '../domain/figure/upload/FigureUploads.ts';
import type { Units } from '../domain/organisation/Units.ts';
import { CATCH_UP_EVERY_MS } from '../domain/shared/CatchUp.ts';
import { figureActRoutes } from '../edge/http/figure/actRoutes.ts';
import { batchRoutes } from '../edge/http/figure/batchRoutes.ts';
import { figureBorderRoutes } from '../edge/http/figure/borderRoutes.ts';
import { figureContactRoutes } from '../edge/http/figure/contactRoutes.ts';
import { contractRoute } from '../edge/http/figure/contractRoute.ts';
import { formRoutes } from '../edge/http/figure/formRoutes.ts';
import { ownedRoutes } from '../edge/http/figure/ownedRoutes.ts';
import { figurePastRoutes } from '../edge/http/figure/pastRoutes.ts';
import { readingRoutes } from '../edge/http/figure/readingRoutes.ts';
import { figureRoutes } from '../edge/http/figure/routes.ts';
import { figureTableRoute } from '../edge/http/figure/tableRoute.ts';
import { uploadRoutes } from '../edge/http/figure/uploadRoutes.ts';
import { figureActs, figureContests } from '../edge/socket/figure/acts.ts';
import { FigureNotices } from '../edge/socket/figure/FigureNotices.ts';
import { FigureWatches } from '../edge/socket/figure/FigureWatches.ts';
import type { Clock } from '../lib/clock.ts';
import type { Quotas } from '../lib/Quotas.ts';
import type { BatchAnswer } from '../protocol/figureBatch.ts';
import type { Postgres } from '../store/postgres/base/Postgres.ts';
import { PgFigureActs } from '../store/postgres/figure/act/PgFigureActs.ts';
import { PgFigureContacts } from '../store/postgres/figure/contact/PgFigureContacts.ts';
import { PgFigureBorders } from '../store/postgres/figure/PgFigureBorders.ts';
import { PgFigureForm } from '../store/postgres/figure/PgFigureForm.ts';
import { PgFigureFrames } from '../store/postgres/figure/PgFigureFrames.ts';
import { PgFigureIntake } from '../store/postgres/figure/PgFigureIntake.ts';
import { PgFigureOwners } from '../store/postgres/figure/PgFigureOwners.ts';
import { PgFigurePast } from '../store/postgres/figure/PgFigurePast.ts';
import { PgFigurePulls } from '../store/postgres/figure/PgFigurePulls.ts';
import { PgFigureReader } from '../store/postgres/figure/PgFigureReader.ts';
import { PgFigureReaders } from '../store/postgres/figure/PgFigureReaders.ts';
import { PgSourceCodes } from '../store/postgres/figure/PgSourceCodes.ts';
import { PgSourceKeys } from '../store/postgres/figure/PgSourceKeys.ts';
import type { Base } from './Base.ts';
import type { Part } from './Part.ts';

const ANSWERS_SWEEP_MS = 6 * 3_600_000;
/** CT7 */
const CONTACTS_SWEEP_MS = 3_600_000;

interface Needs {
  readonly postgres: Postgres;
  /** FG103: what of figures all have before them. */
  readonly seen: SeenIn;
  readonly units: Units;
  readonly clock: Clock;
  readonly caps: { readonly quotas: Quotas };
}

/** Live figures: what platforms send in, and what is told of it. */
export function composeFigure(
  { config, metrics, logger }: Base,
  { postgres, units, clock, seen, caps: { quotas } }: Needs,
) {
  const rows = new Counter({
    name: 'dh_figure_rows_total',
    help: 'Rows of batches of figures that were answered, by what became of them.',
    labelNames: ['outcome'],
    registers: [metrics.registry],
  });
  const lags = new Histogram({
    name: 'dh_figure_lag_seconds',
    help: 'From the recording of figures until whoever watches them here was told, the oldest of each notice.',
    buckets: [0.1, 0.25, 0.5, 1, 2, 5, 10, 30],
    registers: [metrics.registry],
  });
  const made = new Counter({
    name: 'dh_figure_frames_total',
    help: 'Frames of figures: made by this node, or refused since they are not what was kept (FG52).',
    labelNames: ['outcome'],
    registers: [metrics.registry],
  });
  const store = new PgFigureReader(postgres);
  const frames = new PgFigureFrames(postgres, (frame) => {
    made.inc({ outcome: 'refused' });
    logger.warn({ frame }, 'a frame of figures is damaged; its period is read from the record');
  });
  const live = new LiveFigures({ store, frames, units: () => units.index.units, clock });
  const maker = new FrameMaker({ live, store, frames, leastRows: KEPT.leastRows });
  const cards = new FigureCards(live);
  const crossings = new Crossings(live);
  const figures = new FigureService({ live, cards, store, tree: () => units.index });
  const watches = new FigureWatches();
  const batches = new PgFigureIntake(postgres);
  const intake = new FigureIntake({
    store: batches,
    tree: () => units.index,
    codes: new PgSourceCodes(postgres),
    committed: (n) => live.committed(n),
  });
  const form = new FigureForm({
    ...{ store: new PgFigureForm(postgres), definitions: () => live.definitions, tree: () => units.index },
    ...{ now: () => live.now(), committed: (n) => live.committed(n), quotas },
    isReporting: (indicator, unit) => live.isReporting(indicator, unit),
  });
  const acting = new FigureActService({
    ...{ store: new PgFigureActs(postgres, seen), tree: () => units.index, quotas },
    committed: (n) => live.committed(n),
  });
  const contacts = new FigureContacts({
    ...{ store: new PgFigureContacts(postgres), logger, tree: () => units.index },
    indicators: () => live.definitions.indicators,
  });
  const uploads = new FigureUploads({ intake, definitions: () => live.definitions, tree: () => units.index });
  const taken = ({ accepted, unchanged, held, refused }: BatchAnswer) => {
    for (const [outcome, count] of Object.entries({ accepted, unchanged, held, refused })) rows.inc({ outcome }, count);
  };
  const sourceKeys = new PgSourceKeys(postgres);
  const keys = new SourceKeys(sourceKeys, quotas);
  const past = new PgFigurePast(postgres);
  const readers = new ReaderKeys({ store: new PgFigureReaders(postgres), quotas, now: () => live.now() });
  const reading = new FigureReading({ live, store, past, figures, tree: () => units.index });
  const owners = new FigureOwners({
    ...{ store: new PgFigureOwners(postgres), definitions: () => live.definitions, tree: () => units.index },
    ...{ keys: () => sourceKeys.made(), pulls: new PgFigurePulls(postgres) },
    card: (indicator, root) => {
      const place = live.layout.placeOf(root);
      return place === undefined ? undefined : cards.standing(indicator, place);
    },
  });
  const borders = new FigureBorders(new PgFigureBorders(postgres), () => shippedBorders(units.index.units));
  const failed = (err: unknown) => logger.warn({ err }, 'figures could not be read; the next look reads them again');
  const untold = (err: unknown) => logger.error({ err }, 'figures could not be told to those who watch');
  const told = (seconds: number) => lags.observe(seconds);
  cards.on('failed', failed);
  units.on('changed', () => void live.reload().catch(failed));
  const forKeys = [...batchRoutes(intake, keys, taken), ...readingRoutes(reading, readers)];
  const part = {
    name: 'figure',
    acts: { ...figureActs(figures, watches, crossings), ...figureContests(acting) },
    notices: (channel) =>
      new FigureNotices(channel, { live, cards, crossings, figures, watches, failed: untold, told }),
    nodeTopics: [
      nodeTopic(figureTopic, { tell: (publish) => live.on('committed', publish), hear: (mark) => live.hint(mark) }),
    ],
    routes: [
      ...figureRoutes(figures),
      ...figureBorderRoutes(borders),
      figureTableRoute(reading, (code) => units.index.find(code)?.name ?? code),
      ...formRoutes(form),
      ...figurePastRoutes(new FigurePasts({ live, store, past, tree: () => units.index })),
      ...figureActRoutes(acting),
      ...figureContactRoutes(contacts),
      ...forKeys,
      contractRoute(forKeys, { senders: keys, readers }, config.publicUrl),
      ...uploadRoutes(uploads, taken),
      ...ownedRoutes(owners),
    ],
    sweeps: [
      { name: 'figures', everyMs: CATCH_UP_EVERY_MS, run: () => live.sweep() },
      { name: 'answers to batches', everyMs: ANSWERS_SWEEP_MS, run: () => batches.sweep() },
      {
        name: 'frames of figures',
        everyMs: KEPT.lookMs,
        run: async () => made.inc({ outcome: 'made' }, await maker.sweep()),
      },
      { name: 'contacts of figures', everyMs: CONTACTS_SWEEP_MS, run: () => contacts.sweep() },
      { name: 'old frames of figures', everyMs: ANSWERS_SWEEP_MS, run: () => frames.sweep() },
    ],
    start: () => live.reload(),
  } satisfies Part;
  return { part, figures: live, cards, borders, intake, taken, asked: new AskedFigures(live) };
}
