import { z } from 'zod';

/** What a viewer of one layer of the picture, with the sound, is sent. */
const streamSchema = z.strictObject({
  /** Pixels; `high` is the layer that viewers get who ask for none. */
  layer: z.enum(['low', 'medium', 'high']),
  packetsPerSecond: z.number().positive(),
  /** Of payload; headers are counted by the packet. */
  bitsPerSecond: z.number().positive(),
});

/**
 * What a node's work costs, as it was measured on one machine:
 * CPU = R of a room in which somebody speaks + peers x F + packets a second x P, and J once for each join; the process
 * of signalling and the media workers apart, since the first has one core and the workers have all others.
 */
export const costsSchema = z.strictObject({
  machine: z.string(),
  /** Day and time of the measurement, ISO 8601. */
  at: z.string(),
  /**
   * CPU ms of one join: of its signalling there, of its transports in a worker; and of all else that the page of one who
   * comes asks of the same node, which `bench joins` measures: connections by TLS, files, session, order channel.
   */
  join: z.strictObject({
    nodeMs: z.number().nonnegative(),
    workerMs: z.number().nonnegative(),
    pageMs: z.number().nonnegative(),
  }),
  /** CPU us a second of a room with one speaker, however many watch. */
  room: z.strictObject({ nodeUs: z.number().nonnegative(), workerUs: z.number().nonnegative() }),
  /** CPU us a second of a peer that is there, whatever it is sent. */
  peer: z.strictObject({ nodeUs: z.number().nonnegative(), workerUs: z.number().nonnegative() }),
  /** CPU us of a packet that is forwarded; Node has no part in it. */
  packetUs: z.number().positive(),
  memory: z.strictObject({ idleMb: z.number().positive(), peerMb: z.number().nonnegative() }),
  streams: z.array(streamSchema).min(1),
});
export type Costs = z.output<typeof costsSchema>;
export type Layer = z.output<typeof streamSchema>['layer'];

/** One measured run: so many viewers of one layer, held for some seconds. */
export interface Run {
  readonly viewers: number;
  readonly layer: Layer;
  /** All viewers together. */
  readonly packetsPerSecond: number;
  readonly bitsPerSecond: number;
  /** Cores in use while they hold, less what an idle server with its publisher takes. */
  readonly nodeCores: number;
  readonly workerCores: number;
  /** CPU ms a join, media that flowed meanwhile included. */
  readonly joinNodeMs: number;
  readonly joinWorkerMs: number;
  /** Packets of one viewer that flowed while they joined, on the average. */
  readonly packetsWhileJoining: number;
  /** Seconds that one viewer was there while others joined, on the average. */
  readonly secondsWhileJoining: number;
  readonly idleMb: number;
  readonly holdMb: number;
}

/**
 * Fits the costs to runs of different sizes and layers: least squares of relative errors, nothing below zero.
 * @param pageMs which these runs do not show
 * @throws Error when the runs do not tell peers from packets
 */
export function fit(runs: readonly Run[], machine: string, at: string, pageMs: number): Costs {
  const [roomWorkerUs = 0, workerUs = 0, packetUs = 0] = solve(
    runs.map((run) => [1, run.viewers, run.packetsPerSecond]),
    runs.map((run) => 1e6 * run.workerCores),
  );
  const [roomNodeUs = 0, nodeUs = 0] = solve(
    runs.map((run) => [1, run.viewers]),
    runs.map((run) => 1e6 * run.nodeCores),
  );
  const layers = [...new Set(runs.map((run) => run.layer))];
  return costsSchema.parse({
    machine,
    at,
    join: {
      pageMs,
      nodeMs: atLeast0(mean(runs.map((run) => run.joinNodeMs - (run.secondsWhileJoining * nodeUs) / 1e3))),
      workerMs: atLeast0(
        mean(
          runs.map(
            (run) =>
              run.joinWorkerMs -
              (run.secondsWhileJoining * workerUs) / 1e3 -
              (run.packetsWhileJoining * packetUs) / 1e3,
          ),
        ),
      ),
    },
    room: { nodeUs: roomNodeUs, workerUs: roomWorkerUs },
    peer: { nodeUs, workerUs },
    packetUs,
    memory: {
      idleMb: mean(runs.map((run) => run.idleMb)),
      peerMb: atLeast0(mean(runs.map((run) => (run.holdMb - run.idleMb) / run.viewers))),
    },
    streams: layers.map((layer) => {
      const of = runs.filter((run) => run.layer === layer);
      return {
        layer,
        packetsPerSecond: mean(of.map((run) => run.packetsPerSecond / run.viewers)),
        bitsPerSecond: mean(of.map((run) => run.bitsPerSecond / run.viewers)),
      };
    }),
  });
}

/** Cores that the workers, and the process of signalling, will need for so many viewers of one layer. */
export function predict(costs: Costs, viewers: number, layer: Layer): { nodeCores: number; workerCores: number } {
  const { packetsPerSecond } = streamOf(costs, layer);
  return {
    nodeCores: (costs.room.nodeUs + viewers * costs.peer.nodeUs) / 1e6,
    workerCores: (costs.room.workerUs + viewers * (costs.peer.workerUs + packetsPerSecond * costs.packetUs)) / 1e6,
  };
}

/** @throws Error when that layer was not measured */
export function streamOf({ streams }: Costs, layer: Layer): Costs['streams'][number] {
  const stream = streams.find((each) => each.layer === layer);
  if (!stream) throw new Error(`the layer ${layer} was not measured`);
  return stream;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const atLeast0 = (value: number): number => Math.max(0, value);

/**
 * Factors, none below zero, with which the columns of each row add up to its result; least squares of relative errors.
 * @throws Error when the rows do not tell the columns apart
 */
function solve(rows: readonly (readonly number[])[], results: readonly number[]): number[] {
  const width = rows[0]?.length ?? 0;
  let best: { factors: number[]; error: number } | undefined;
  // A factor that would be negative is zero: of all choices of columns the best one without negatives counts.
  for (let chosen = 1; chosen < 2 ** width; chosen++) {
    const columns = Array.from({ length: width }, (_, i) => i).filter((i) => chosen & (1 << i));
    const scaled = rows.map((row, i) => columns.map((column) => (row[column] as number) / (results[i] as number)));
    const found = leastSquares(scaled);
    if (!found) throw new Error('the runs need different sizes and layers to tell rooms, peers and packets apart');
    if (found.some((factor) => factor < 0)) continue;
    const error = scaled.reduce(
      (sum, row) => sum + (1 - row.reduce((all, x, i) => all + x * (found[i] as number), 0)) ** 2,
      0,
    );
    if (best && best.error <= error) continue;
    const factors = Array.from({ length: width }, (_, i) => found[columns.indexOf(i)] ?? 0);
    best = { factors, error };
  }
  return best?.factors ?? [];
}

/** Factors x with rows x = 1, nearly; undefined when there are many. By the normal equations and Gauss' elimination. */
function leastSquares(rows: readonly (readonly number[])[]): number[] | undefined {
  const width = rows[0]?.length ?? 0;
  const sum = (f: (row: readonly number[]) => number): number => rows.reduce((all, row) => all + f(row), 0);
  const at = (row: readonly number[], i: number): number => row[i] as number;
  const matrix = Array.from({ length: width }, (_, i) => [
    ...Array.from({ length: width }, (_, j) => sum((row) => at(row, i) * at(row, j))),
    sum((row) => at(row, i)),
  ]);
  for (let i = 0; i < width; i++) {
    const pivot = matrix[i] as number[];
    // What is left of the column once the others are taken out: nothing, when it says the same as they do.
    if (!((pivot[i] as number) > 1e-6 * sum((row) => at(row, i) ** 2))) return undefined;
    for (const row of matrix) {
      if (row === pivot) continue;
      const factor = (row[i] as number) / (pivot[i] as number);
      for (let j = i; j <= width; j++) row[j] = (row[j] as number) - factor * (pivot[j] as number);
    }
  }
  return matrix.map((row, i) => (row[width] as number) / (row[i] as number));
}
