import { z } from 'zod';

/** What a viewer of one layer of the picture is sent, the sound with it; of `sound` that alone. */
const streamSchema = z.strictObject({
  /** Pixels; `high` is the layer that viewers get who ask for none. */
  layer: z.enum(['sound', 'low', 'medium', 'high']),
  /** Of the picture, and pieces of sound. */
  framesPerSecond: z.number().positive(),
  packetsPerSecond: z.number().positive(),
  /** Of payload; headers are counted by the packet. */
  bitsPerSecond: z.number().positive(),
});
export type Stream = z.output<typeof streamSchema>;
export type Layer = Stream['layer'];

/** PL31: costs that are off by no more in any run that they were not fitted to are taken as they are. */
export const WELL_FORETOLD = 0.15;

/**
 * What a node's work costs, as it was measured on one machine (PL24):
 * CPU a second = R of a room in which somebody speaks + viewers x (F + frames x S + packets x P), and J once for each join;
 * the process of signalling and the media workers apart, since the first has one core and the workers have all others.
 */
export const costsSchema = z.strictObject({
  machine: z.string(),
  /** Day and time of the measurement, ISO 8601. */
  at: z.string(),
  /** CPU nanoseconds of a packet that the kernel of that machine sent; left out: it was not measured. */
  sendNs: z.number().positive().optional(),
  /** PL31: of runs that the costs were not fitted to, the largest error in cores, as a fraction of what was measured. */
  worstError: z.number().nonnegative(),
  /**
   * CPU ms of one join: of its signalling, and of all else that the page of one who comes asks of the same node, which
   * `bench joins` measures: connections by TLS, files, session, `/join`, order channel; and of its transports in a worker.
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
  /** CPU us of a worker to send a frame, which it gives to the kernel at once, and of each packet of it more. */
  frameUs: z.number().nonnegative(),
  packetUs: z.number().positive(),
  /** `idleMb` of a node with nobody, as it is once people have been there. */
  memory: z.strictObject({ idleMb: z.number().nonnegative(), peerMb: z.number().nonnegative() }),
  streams: z.array(streamSchema).min(1),
});
export type Costs = z.output<typeof costsSchema>;

/** CPU us a second of a worker to send a stream to one viewer. */
export const sendingUs = (
  { frameUs, packetUs }: Costs,
  { framesPerSecond, packetsPerSecond }: Pick<Stream, 'framesPerSecond' | 'packetsPerSecond'>,
): number => framesPerSecond * frameUs + packetsPerSecond * packetUs;

/** @throws Error when that layer was not measured */
export function streamOf({ streams }: Costs, layer: Layer): Stream {
  const stream = streams.find((each) => each.layer === layer);
  if (!stream) throw new Error(`the layer ${layer} was not measured`);
  return stream;
}

/** As they are where all work takes so many times the CPU. */
export function scaledCosts(costs: Costs, times: number): Costs {
  const part = ({ nodeUs, workerUs }: Costs['peer']) => ({ nodeUs: nodeUs * times, workerUs: workerUs * times });
  const { room, peer, frameUs, packetUs } = costs;
  return { ...costs, room: part(room), peer: part(peer), frameUs: frameUs * times, packetUs: packetUs * times };
}
