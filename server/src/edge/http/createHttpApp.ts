import compression from 'compression';
import express, { type Express, type Request, type RequestHandler, type Response } from 'express';
import type { Health } from '../../observability/health.ts';
import type { Logger } from '../../observability/logger.ts';
import type { Metrics } from '../../observability/metrics.ts';
import { refuse } from '../../protocol/errors.ts';
import { BODY_BYTES } from '../../protocol/limits.ts';
import { cookiesOf } from './cookies.ts';
import { LineBudget } from './LineBudget.ts';
import { linePaths, lineProbe } from './lineProbe.ts';
import { type MountOptions, mount } from './mount.ts';
import { openApi } from './openapi.ts';
import { problemHandler } from './problems.ts';
import type { Route } from './route.ts';
import { securityHeaders } from './securityHeaders.ts';
import { webApp } from './webApp.ts';

export interface HttpAppOptions extends MountOptions {
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly health: Health;
  readonly routes: readonly Route[];
  /**
   * Handlers of other protocols that live under their own prefix (`/twirp`, `/rtc/validate`); mounted before `/api`.
   */
  readonly extensions?: readonly RequestHandler[];
  /** Express's `trust proxy`: a list of addresses, or hops. undefined: nobody is trusted. */
  readonly trustProxy?: string | undefined;
  /** The built page. */
  readonly webFolder: string;
}

/** Everything that this node answers over plain HTTP. */
export function createHttpApp(options: HttpAppOptions): Express {
  const { health, metrics, logger } = options;
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  if (options.trustProxy) app.set('trust proxy', hops(options.trustProxy));
  app.use(observe(metrics, logger), securityHeaders(options.publicUrl));

  app.get('/healthz', (_request, response) => void response.json({ ok: true }));
  app.get('/readyz', async (_request, response) => {
    const readiness = await health.check();
    response
      .status(readiness.ready ? 200 : 503)
      .set('cache-control', 'no-store')
      .json(readiness);
  });
  app.get('/metrics', async (_request, response) => {
    response.type('text/plain; version=0.0.4').send(await metrics.render());
  });
  for (const extension of options.extensions ?? []) app.use(extension);
  const sessionOf = async (request: Request, response: Response) =>
    (await options.authenticate(request.headers, cookiesOf(request, response, options.secure))).session;
  app.use(lineProbe({ publicUrl: options.publicUrl, sessionOf, budget: new LineBudget() }));

  app.use('/api', express.json({ limit: BODY_BYTES, strict: true }));
  app.use(compression({ threshold: 2048 }));
  const contract = openApi(options.routes, options.publicUrl, linePaths);
  app.get('/api/openapi.json', (_request, response) => void response.json(contract));
  app.use(mount(options.routes, options));
  app.use(['/api', '/rtc', '/twirp', '/socket.io'], () => {
    throw refuse('not-found', 'there is no such address');
  });
  app.use(webApp(options.webFolder));
  app.use(problemHandler(logger));
  return app;
}

/** `1` means one proxy in front; anything else is a list of addresses. */
const hops = (value: string): number | string => (/^\d+$/.test(value) ? Number(value) : value);

/** Counts by route pattern; the log names the path only, since query strings may carry tokens. */
function observe(metrics: Metrics, logger: Logger): RequestHandler {
  return (request, response, next) => {
    const from = process.hrtime.bigint();
    response.once('close', () => {
      const seconds = Number(process.hrtime.bigint() - from) / 1e9;
      const route: string = response.locals.route ?? 'other';
      metrics.answered(request.method, route, response.statusCode, seconds);
      logger.debug({ method: request.method, path: request.path, status: response.statusCode, seconds }, 'answered');
    });
    next();
  };
}
