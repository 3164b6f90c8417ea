import type { types as ms } from 'mediasoup';

/** What a request of ours needs of the library's builder of messages. */
interface MessageBuilder {
  createString(text: string): number;
  startVector(bytesOfOne: number, count: number, alignment: number): void;
  addOffset(offset: number): void;
  endVector(): number;
  startObject(fields: number): void;
  addFieldOffset(field: number, value: number, otherwise: number): void;
  addFieldInt32(field: number, value: number, otherwise: number): void;
  addFieldInt64(field: number, value: bigint, otherwise: bigint): void;
  endObject(): number;
}

/** A table of a message that came; the library's own reader of bytes is behind it. */
export interface MessageTable {
  bb: MessageBytes;
  bb_pos: number;
}

export interface MessageBytes {
  bytes(): Uint8Array;
  readUint64(at: number): bigint;
  /** Where a field of the table at that place is, from there; 0: it is not in it. */
  __offset(table: number, field: number): number;
  __vector(at: number): number;
  __vector_len(at: number): number;
}

interface WorkerResponse {
  bodyType(): number;
  body<T>(table: T): T;
}

/** What speaks to the worker, as far as it is used here; the library hands it out for tests of its own. */
export interface WorkerChannel {
  readonly bufferBuilder: MessageBuilder;
  request(method: number, bodyType: number, body: number, handler: string): Promise<WorkerResponse>;
}

/** @param of what lives on the worker */
export const channelOf = (of: ms.Producer | ms.DirectTransport): WorkerChannel =>
  (of as typeof of & { readonly channelForTesting: WorkerChannel }).channelForTesting;

/** The worker itself hands out none, so something lives on it for as long as it takes to ask. */
export async function channelOfWorker(worker: ms.Worker): Promise<WorkerChannel> {
  const router = await worker.createRouter();
  try {
    return channelOf(await router.createDirectTransport());
  } finally {
    router.close();
  }
}
