import type { RequestHandler } from 'express';
import { type Health, isOnlyDraining } from '../../observability/health.ts';

/**
 * `/readyz` for everybody. IL1: why it is not ready is no business of strangers. PL10: pages ask the node of their
 * media, too, which may have a name of its own, and stay at one that drains until it sends them away.
 */
export function publicReadiness(health: Health): RequestHandler {
  return async (_request, response) => {
    const readiness = await health.check();
    const { ready } = readiness;
    response
      .status(ready ? 200 : 503)
      .set({ 'cache-control': 'no-store', 'access-control-allow-origin': '*' })
      .json(isOnlyDraining(readiness) ? { ready, draining: true } : { ready });
  };
}
