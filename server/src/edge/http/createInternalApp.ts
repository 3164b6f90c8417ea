import express, { type Express, type RequestHandler } from 'express';
import { isLoopback } from '../../lib/isLoopback.ts';
import type { Health } from '../../observability/health.ts';
import type { Logger } from '../../observability/logger.ts';
import type { Metrics } from '../../observability/metrics.ts';
import { refuse } from '../../protocol/errors.ts';
import { hookBodySchemas } from '../../protocol/hook.ts';
import { linePaths } from './lineProbe.ts';
import { observe } from './observe.ts';
import { hookContract, openApi } from './openapi.ts';
import { problemHandler } from './problems.ts';
import type { Route } from './route.ts';

export interface InternalAppOptions {
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly health: Health;
  /** What the public listener serves of our own API, to be described here. */
  readonly routes: readonly Route[];
  readonly publicUrl: string;
  /** Where it listens. */
  readonly host: string;
  /** RoomService. */
  readonly extensions: readonly RequestHandler[];
}

/**
 * IL2: what is for programs of the operator alone, on a listener of its own, so that they have one thing to fence:
 * RoomService, metrics, what exactly is not ready, and the OpenAPI text.
 */
export function createInternalApp({ health, metrics, logger, ...options }: InternalAppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.use(observe(metrics, logger));
  if (isLoopback(options.host)) app.use(onlyLocalNames);

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
  const webhooks = hookContract(hookBodySchemas);
  const contract = { ...openApi(options.routes, options.publicUrl, linePaths), webhooks };
  app.get('/api/openapi.json', (_request, response) => void response.json(contract));
  for (const extension of options.extensions) app.use(extension);
  app.use(() => {
    throw refuse('not-found', 'there is no such address on the internal listener');
  });
  app.use(problemHandler(logger));
  return app;
}

/**
 * IL3: a page in a browser of this machine may have a name of its own that leads to 127.0.0.1, and would then read what
 * is here as its own site. Programs on this machine name it as it is.
 */
const onlyLocalNames: RequestHandler = (request, _response, next) => {
  const { host = '' } = request.headers;
  const name = URL.parse(`http://${host}`)?.hostname ?? '';
  next(isLoopback(name) ? undefined : refuse('forbidden', 'call this machine 127.0.0.1 or localhost'));
};
