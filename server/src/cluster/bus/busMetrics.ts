import { Counter, Histogram, type Registry } from 'prom-client';

/** What goes over the bus, as one node sees it. */
export function busMetrics(registry: Registry) {
  const registers = [registry];
  return {
    sent: new Counter({
      name: 'dh_bus_sent_total',
      help: 'Messages to other nodes, by topic.',
      labelNames: ['topic'],
      registers,
    }),
    refused: new Counter({
      name: 'dh_bus_refused_total',
      help: 'Messages of other nodes that were not obeyed, by topic and by what was wrong.',
      labelNames: ['topic', 'why'],
      registers,
    }),
    age: new Histogram({
      name: 'dh_bus_age_seconds',
      help: 'Age of messages of other nodes when they came, by the clock of PostgreSQL at both.',
      buckets: [0.002, 0.01, 0.05, 0.25, 1, 5],
      registers,
    }),
  };
}
