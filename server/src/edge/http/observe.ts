import type { RequestHandler } from 'express';
import type { Logger } from '../../observability/logger.ts';
import type { Metrics } from '../../observability/metrics.ts';

/** Counts by route pattern; the log names the path only, since query strings may carry tokens. */
export function observe(metrics: Metrics, logger: Logger): RequestHandler {
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
