import compression from 'compression';
import express, { type Express, type Request, type RequestHandler, type Response } from 'express';
import type { Health } from '../../observability/health.ts';
import type { Logger } from '../../observability/logger.ts';
import type { Metrics } from '../../observability/metrics.ts';
import { refuse } from '../../protocol/errors.ts';
import { recordHeader } from '../../protocol/record.ts';
import { cookiesOf } from './cookies.ts';
import { LineBudget } from './LineBudget.ts';
import { lineProbe } from './lineProbe.ts';
import { type MountOptions, mount } from './mount.ts';
import { observe } from './observe.ts';
import { problemHandler, type TellRefused } from './problems.ts';
import { publicReadiness } from './publicReadiness.ts';
import type { Route } from './route.ts';
import { securityHeaders } from './securityHeaders.ts';
import { webApp, webAssets } from './webApp.ts';

export interface HttpAppOptions extends MountOptions {
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly health: Health;
  readonly routes: readonly Route[];
  readonly refused?: TellRefused;
  /**
   * Handlers of other protocols that live under their own prefix (`/rtc/validate`); mounted before `/api`.
   */
  readonly extensions?: readonly RequestHandler[];
  /** Express's `trust proxy`: a list of addresses, or hops. undefined: nobody is trusted. */
  readonly trustProxy?: string | undefined;
  /** PL7: media may be at nodes that have names of their own. */
  readonly nodesHaveNames?: boolean;
  /** The built page. */
  readonly webFolder: string;
  /** SV16: whether anything can be recorded now; pages out of a briefing hear it with each answer. */
  readonly isWritable?: () => boolean;
  /** SW6: whether browsers may hold the shell. */
  readonly shellWorker: boolean;
}

/** Everything that this node answers to everybody over plain HTTP. What is for programs has a listener of its own. */
export function createHttpApp(options: HttpAppOptions): Express {
  const { health, metrics, logger } = options;
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  if (options.trustProxy) app.set('trust proxy', hops(options.trustProxy));
  app.use(observe(metrics, logger), securityHeaders(options.publicUrl, options.nodesHaveNames));

  app.use(webAssets(options.webFolder));
  app.get('/healthz', (_request, response) => void response.json({ ok: true }));
  app.get('/readyz', publicReadiness(health));
  for (const extension of options.extensions ?? []) app.use(extension);
  const sessionOf = async (request: Request, response: Response) =>
    (await options.authenticate(request, cookiesOf(request, response, options.secure))).session;
  app.use(lineProbe({ publicUrl: options.publicUrl, sessionOf, budget: new LineBudget() }));

  app.use('/api', (_request, response, next) => {
    if (options.isWritable?.() === false) response.setHeader(recordHeader, 'unwritable');
    next();
  });
  app.use(compression({ threshold: 1024 }));
  app.use(mount(options.routes, options));
  app.use(['/api', '/rtc', '/twirp', '/metrics', '/socket.io'], () => {
    throw refuse('not-found', { vi: 'Không có địa chỉ này', en: 'there is no such address' });
  });
  app.use(webApp(options.webFolder, { worker: options.shellWorker }));
  app.use(problemHandler(logger, options.refused));
  return app;
}

/** `1` means one proxy in front; anything else is a list of addresses. */
const hops = (value: string): number | string => (/^\d+$/.test(value) ? Number(value) : value);
