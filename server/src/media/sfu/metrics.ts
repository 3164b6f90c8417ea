import { Counter, Gauge, type Registry } from 'prom-client';
import type { Sfu } from './Sfu.ts';

/** How busy the workers and the viewers' lines are. */
export function sfuMetrics(sfu: Sfu, registry: Registry): void {
  const registers = [registry];
  new Gauge({
    name: 'dh_worker_cpu_seconds',
    help: 'CPU time that each media worker used since it started.',
    labelNames: ['worker'],
    registers,
    async collect() {
      for (const { worker, cpuSeconds } of await sfu.usage()) this.set({ worker }, cpuSeconds);
    },
  });
  new Gauge({
    name: 'dh_worker_peers',
    help: 'Participants on each media worker.',
    labelNames: ['worker'],
    registers,
    async collect() {
      for (const { worker, peers } of await sfu.usage()) this.set({ worker }, peers);
    },
  });
  new Gauge({
    name: 'dh_lines',
    help: 'Viewers by what their line carries; watched ones are looked at every second.',
    labelNames: ['state'],
    registers,
    collect() {
      for (const [state, count] of Object.entries(sfu.lines())) this.set({ state }, count);
    },
  });
  new Counter({
    name: 'dh_feedback_refused_total',
    help: 'Feedback of clients that each media worker has left aside, since one client may not ask for so much.',
    labelNames: ['worker', 'what'],
    registers,
    collect() {
      // Workers count, and a new one begins at zero.
      this.reset();
      for (const { worker, refused } of sfu.refusedFeedback()) {
        this.inc({ worker, what: 'retransmission' }, refused.retransmissions);
        this.inc({ worker, what: 'key-frame' }, refused.keyFrameRequests);
        this.inc({ worker, what: 'rtcp' }, refused.rtcpPackets);
      }
    },
  });
  new Gauge({
    name: 'dh_line_loss_ratio',
    help: 'Share of packets that viewers lost in the last second, by percentile of the lines that are being watched.',
    labelNames: ['quantile'],
    registers,
    collect() {
      const lost = sfu.samples().map(({ loss }) => loss);
      tellPercentiles(this, lost);
    },
  });
  new Gauge({
    name: 'dh_line_round_trip_seconds',
    help: 'Round trip to viewers, by percentile of the lines that are being watched.',
    labelNames: ['quantile'],
    registers,
    collect() {
      const trips = sfu.samples().flatMap(({ rttMs }) => (rttMs === undefined ? [] : rttMs / 1000));
      tellPercentiles(this, trips);
    },
  });
}

/** None at all while no line is watched: 0 would be a good line. */
function tellPercentiles(gauge: Gauge<'quantile'>, values: readonly number[]): void {
  gauge.reset();
  const sorted = values.toSorted((a, b) => a - b);
  for (const quantile of [0.5, 0.95, 0.99]) {
    const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * quantile))];
    if (value !== undefined) gauge.set({ quantile: String(quantile) }, value);
  }
}
