import type { types as ms } from 'mediasoup';
import { channelOf } from '../line/workerChannel.ts';

/**
 * What the patched worker adds at the end of `enum Method` and `union Body` of its `fbs/request.fbs`
 * (`scripts/worker/patches/03-repoint.patch`). A test holds them against those that mediasoup's library knows.
 */
export const ROUTER_REPOINT_CONSUMERS = 68;
export const ROUTER_REPOINT_CONSUMERS_REQUEST = 40;

/**
 * Lets all consumers of one producer, pipes too, go on with another: one message to the worker, whatever their number,
 * and one key frame request for each layer. They keep their ids, ssrcs and numbers, so that no viewer needs an offer.
 * `producerId` of each consumer stays what it was.
 * @param router has both producers
 * @throws Error when they differ in kind, type, number of encodings or codecs, are SVC, or one is not there; then
 *   nothing has changed
 */
export async function repoint(router: ms.Router, from: ms.Producer, to: ms.Producer): Promise<void> {
  const channel = channelOf(from);
  const { bufferBuilder: builder } = channel;
  const ids = [from.id, to.id].map((id) => builder.createString(id));
  builder.startObject(ids.length);
  for (const [field, id] of ids.entries()) builder.addFieldOffset(field, id, 0);
  const body = builder.endObject();
  await channel.request(ROUTER_REPOINT_CONSUMERS, ROUTER_REPOINT_CONSUMERS_REQUEST, body, router.id);
}
