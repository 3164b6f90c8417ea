import type { SfuConfig } from '@dieu-hanh/sfu-config';
import type { WorkerChannel } from '../line/workerChannel.ts';

/**
 * What the patched worker adds at the end of `enum Method` and `union Body` of its `fbs/request.fbs`
 * (`scripts/worker/patches/13-feedback.patch`). A test holds them against those that its library knows.
 */
export const WORKER_SET_FEEDBACK_LIMITS = 71;
export const WORKER_SET_FEEDBACK_LIMITS_REQUEST = 43;

/** What the RTCP feedback of one client may cost (rules FB). 0: no limit. */
export type FeedbackLimits = SfuConfig['limits']['feedback'];

/**
 * Tells a worker the limits for all its clients; they hold from the next packet on.
 * @throws Error when the worker lacks the patch, or has ended
 */
export async function setFeedbackLimits(channel: WorkerChannel, limits: FeedbackLimits): Promise<void> {
  const { bufferBuilder: builder } = channel;
  const fields = [
    limits.videoRetransmissionPercent,
    limits.audioRetransmissionPercent,
    limits.keyFrameRequestsPerMinute,
    limits.rtcpPacketsPerSecond,
  ];
  builder.startObject(fields.length);
  for (const [field, value] of fields.entries()) builder.addFieldInt32(field, value, 0);
  await channel.request(WORKER_SET_FEEDBACK_LIMITS, WORKER_SET_FEEDBACK_LIMITS_REQUEST, builder.endObject(), '');
}
