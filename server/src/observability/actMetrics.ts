import { Histogram, type Registry } from 'prom-client';

/** @returns to be told of each act of the order channel */
export function actMetrics(registry: Registry): (act: string, outcome: string, seconds: number) => void {
  const seconds = new Histogram({
    name: 'dh_act_seconds',
    help: 'From an act on the order channel to its answer, by act and what came of it: ok, or why it was refused.',
    labelNames: ['act', 'outcome'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  return (act, outcome, took) => seconds.observe({ act, outcome }, took);
}
