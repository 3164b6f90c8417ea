import { readFile } from 'node:fs/promises';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Rooms } from '../hall/index.ts';
import type { Jobs } from '../jobs/Jobs.ts';
import { lastBackupPath } from '../observability/lastBackup.ts';
import type { DatabaseClock } from '../store/postgres/base/DatabaseClock.ts';
import type { Postgres } from '../store/postgres/base/Postgres.ts';
import type { Base } from './Base.ts';
import type { composeNodes } from './nodes.ts';

interface Needs {
  readonly postgres: Postgres;
  readonly clock: DatabaseClock;
  readonly jobs: Jobs;
  readonly isFenced: () => boolean;
  readonly rooms: Rooms;
  readonly nodes: Pick<ReturnType<typeof composeNodes>, 'said'>;
}

/** PL11: what an operator is asked at night, of what this node stands on and of itself. */
export function composeMetrics({ config, metrics: { registry } }: Base, needs: Needs): void {
  stores(registry, needs);
  joins(registry, needs.rooms);
  gauge(registry, 'dh_clock_apart_seconds', 'How far the clock of PostgreSQL is before that of this machine.', () => {
    return (needs.clock.now().getTime() - Date.now()) / 1000;
  });
  gauge(
    registry,
    'dh_backup_timestamp_seconds',
    'When `dh backup` last saved everything, as far as is known on this machine.',
    async () => {
      const text = await readFile(lastBackupPath(config), 'utf8').catch(() => '');
      return Date.parse(text.trim()) / 1000;
    },
  );
  ofThisNode(registry, needs);
}

function stores(registry: Registry, { postgres, jobs }: Needs): void {
  const commits = new Histogram({
    name: 'dh_commit_seconds',
    help: 'How long PostgreSQL took for each COMMIT.',
    buckets: [0.002, 0.005, 0.02, 0.05, 0.1, 0.25, 1, 5],
    registers: [registry],
  });
  postgres.committed = (seconds) => commits.observe(seconds);
  new Gauge({
    name: 'dh_pool_connections',
    help: 'Connections to PostgreSQL: all, and idle ones; and what waits for one.',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      for (const [state, count] of Object.entries(postgres.use)) this.set({ state }, count);
    },
  });
  new Gauge({
    name: 'dh_jobs',
    help: 'Jobs of all nodes, by state; none are told while Redis is away.',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      this.reset();
      const counts = await jobs.counts().catch(() => ({}));
      for (const [state, count] of Object.entries(counts)) this.set({ state }, count);
    },
  });
}

function joins(registry: Registry, rooms: Rooms): void {
  const seconds = new Histogram({
    name: 'dh_join_seconds',
    help: "From a participant's join to their media being connected.",
    buckets: [0.1, 0.25, 0.5, 1, 2, 5, 10, 30],
    registers: [registry],
  });
  const failed = new Counter({
    name: 'dh_join_failed_total',
    help: 'Participants who left before their media was connected.',
    registers: [registry],
  });
  rooms.on('active', ({ joinedAt }) => seconds.observe(Math.max(0, Date.now() - joinedAt) / 1000));
  rooms.on('left', ({ wasActive }) => {
    if (!wasActive) failed.inc();
  });
}

function ofThisNode(registry: Registry, { isFenced, nodes }: Needs): void {
  const own = (name: string, help: string, of: (said: ReturnType<typeof nodes.said>) => number) =>
    gauge(registry, name, help, () => of(nodes.said()));
  own('dh_channel_devices', 'Devices on the order channel of this node.', ({ load }) => load.devices);
  own('dh_sent_packets_per_second', 'UDP packets that this machine sends.', ({ load }) => load.packets);
  own('dh_sent_mbit_per_second', 'Mbit/s that this machine sends.', ({ load }) => load.mbit);
  own('dh_node_draining', 'Whether this node drains (1).', ({ draining }) => Number(draining));
  gauge(registry, 'dh_node_fenced', 'Whether this node was stopped and has not caught up yet (1).', () =>
    Number(isFenced()),
  );
}

/** What is no number now is not told. */
function gauge(registry: Registry, name: string, help: string, value: () => number | Promise<number>): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    async collect() {
      const now = await value();
      if (Number.isFinite(now)) this.set(now);
      else this.remove();
    },
  });
}
