import { StartRefusal } from '../../../lib/StartRefusal.ts';
import { readLines } from '../line/lineReport.ts';
import { channelOfWorker, type WorkerChannel } from '../line/workerChannel.ts';
import { ConsumerSwitches } from './ConsumerSwitches.ts';
import { type FeedbackLimits, setFeedbackLimits } from './feedbackLimits.ts';
import { type RunningWorker, startWorker, type WorkerOptions } from './startWorker.ts';
import { switchConsumers } from './switchConsumers.ts';

export interface PatchedWorkerOptions extends WorkerOptions {
  readonly feedback: FeedbackLimits;
}

/** A worker that has been seen to know our requests. */
export interface PatchedWorker extends RunningWorker {
  readonly channel: WorkerChannel;
  readonly switches: ConsumerSwitches;
}

/**
 * One worker with the patches of `scripts/worker/patches`. It is asked itself, since whoever names one in
 * MEDIASOUP_WORKER_BIN may name any; one without them answers that it knows no such request, and ends of it.
 * @throws StartRefusal naming what is wrong with the worker, or with its port and who holds it
 */
export async function startPatched(options: PatchedWorkerOptions): Promise<PatchedWorker> {
  const running = await startWorker(options);
  try {
    const channel = await channelOfWorker(running.worker);
    await readLines(channel);
    await switchConsumers(channel, { pause: [], resume: [] });
    await setFeedbackLimits(channel, options.feedback);
    return { ...running, channel, switches: ConsumerSwitches.on(channel) };
  } catch (error) {
    running.worker.close();
    const which = options.workerBin ?? process.env.MEDIASOUP_WORKER_BIN ?? "mediasoup's own";
    throw new StartRefusal(
      `the media worker (${which}) lacks patches of this version: run npm start without --no-set-up and without MEDIASOUP_WORKER_BIN, which makes one`,
      { cause: error },
    );
  }
}
