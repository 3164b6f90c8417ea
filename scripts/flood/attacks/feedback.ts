import { setTimeout as wait } from 'node:timers/promises';
import type { SignalConnection } from '../../load/signal.ts';
import { ViewerConnection } from '../../load/ViewerConnection.ts';
import type { Attack, AttackTools } from './attack.ts';
import { join, refusal, tokenOfSeat } from './joined.ts';
import { pace } from './pace.ts';

const RETRY_MS = 1_000;
/** A NACK of 170 packets is 52 bytes, and with its report 0.4 Mbit/s at this rate. */
const NACKS_PER_SECOND = 400;
const NACKED = 170;
/** Round trip that is told, ms: so often is each packet asked for again. */
const FORGED_MS = 3;
const PLIS_PER_SECOND = 50;

/** A seat that went over sees the stage as others do, and sends more feedback than others. */
async function flood(
  { place, count, over }: AttackTools,
  seat: number,
  perSecond: number,
  send: (viewer: ViewerConnection) => number,
): Promise<void> {
  const token = await tokenOfSeat(place, seat);
  while (!over.aborted) {
    const signal = await join(place, token).catch((error: unknown) => count(refusal(error)));
    if (!signal) {
      await wait(RETRY_MS, undefined, { signal: over }).catch(() => {});
      continue;
    }
    count('joins let in');
    const ended = new AbortController();
    signal.on('closed', (reason) => {
      ended.abort();
      if (!over.aborted) count(`put out (${reason.trim()})`);
    });
    const viewer = answering(signal);
    const before = viewer.heard;
    await pace(perSecond, AbortSignal.any([over, ended.signal]), () => count('bytes of feedback sent', send(viewer)));
    const { bytes, keyFrames } = viewer.heard;
    count('kB that came', Math.round((bytes - before.bytes) / 1_000));
    count('whole pictures that came', keyFrames - before.keyFrames);
    signal.close();
    await viewer.close();
  }
}

function answering(signal: SignalConnection): ViewerConnection {
  const viewer = new ViewerConnection('flood', '127.0.0.1');
  let negotiation = Promise.resolve();
  signal.listen((message) => {
    if (message.case !== 'offer') return;
    const { sdp: offer, id } = message.value;
    negotiation = negotiation.then(async () => {
      const sdp = await viewer.answer(offer);
      signal.send({ case: 'answer', value: { type: 'answer', sdp, id } });
    });
  });
  return viewer;
}

export const nacks: Attack = {
  what: 'a joined viewer asks again for every packet of the last second, and reports a round trip of 3 ms',
  run: (tools) => flood(tools, 4, NACKS_PER_SECOND, (viewer) => viewer.askAgain(NACKED, FORGED_MS)),
};

export const plis: Attack = {
  what: 'a joined viewer asks for whole pictures all the time',
  run: (tools) => flood(tools, 5, PLIS_PER_SECOND, (viewer) => viewer.askForPictures()),
};
