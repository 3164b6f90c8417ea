import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Looks at the event loop's delay, ms apart; prom-client's 10 are a hundred awakenings a second of a process that has nothing to do. */
const DELAY_LOOKED_AT_EVERY_MS = 250;

/** One registry per process, owned by the composition root; each module adds its own metrics to `registry`. */
export class Metrics {
  readonly registry = new Registry();
  readonly #http: Histogram<'method' | 'route' | 'status'>;

  constructor(node: string) {
    this.registry.setDefaultLabels({ node });
    collectDefaultMetrics({ register: this.registry, eventLoopMonitoringPrecision: DELAY_LOOKED_AT_EVERY_MS });
    this.#http = new Histogram({
      name: 'dh_http_request_seconds',
      help: 'Time to answer an HTTP request, by route pattern (never by address).',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers: [this.registry],
    });
  }

  /** @param seconds from the first byte of the request to the last of the answer */
  answered(method: string, route: string, status: number, seconds: number): void {
    this.#http.observe({ method, route, status: String(status) }, seconds);
  }

  /** HT15. @param held asked each time */
  watchBodies(held: () => readonly (readonly [kind: string, bytes: number])[]): void {
    new Gauge({
      name: 'dh_body_bytes',
      help: 'Bytes of requests that are held in memory: of strangers, of acts, and of files.',
      labelNames: ['kind'],
      registers: [this.registry],
      collect() {
        for (const [kind, bytes] of held()) this.set({ kind }, bytes);
      },
    });
  }

  /** Prometheus text format. */
  render(): Promise<string> {
    return this.registry.metrics();
  }
}
