import type { WorkerChannel } from '../line/workerChannel.ts';

/**
 * What the patched worker adds at the end of `enum Method` and `union Body` of its `fbs/request.fbs`
 * (`scripts/worker/patches/12-switches.patch`), and two methods that mediasoup has. A test holds them against those that
 * its library knows.
 */
export const WORKER_SWITCH_CONSUMERS = 70;
export const WORKER_SWITCH_CONSUMERS_REQUEST = 42;
export const CONSUMER_PAUSE = 44;
export const CONSUMER_RESUME = 45;

const OFFSET_BYTES = 4;

/**
 * Pauses and resumes consumers of a worker by their ids: one message, whatever their number. The worker reads no packet
 * meanwhile, so all that it resumes get the picture that the first of them asks for. Those that are gone are passed over.
 * @throws Error when the worker lacks the patch, or has ended
 */
export async function switchConsumers(
  channel: WorkerChannel,
  { pause, resume }: { readonly pause: readonly string[]; readonly resume: readonly string[] },
): Promise<void> {
  const { bufferBuilder: builder } = channel;
  const lists = [pause, resume].map((ids) => {
    const texts = ids.map((id) => builder.createString(id));
    builder.startVector(OFFSET_BYTES, texts.length, OFFSET_BYTES);
    // A message is written from its end.
    for (const text of texts.toReversed()) builder.addOffset(text);
    return builder.endVector();
  });
  builder.startObject(lists.length);
  for (const [field, list] of lists.entries()) builder.addFieldOffset(field, list, 0);
  await channel.request(WORKER_SWITCH_CONSUMERS, WORKER_SWITCH_CONSUMERS_REQUEST, builder.endObject(), '');
}
