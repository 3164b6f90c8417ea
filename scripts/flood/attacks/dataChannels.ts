import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import nodeDataChannel, { type DataChannel, type PeerConnection } from 'node-datachannel';
import type { SignalConnection } from '../../load/signal.ts';
import type { Attack } from './attack.ts';
import { join, refusal, tokenOfSeat } from './joined.ts';
import { pace } from './pace.ts';

const CHANNELS_PER_SECOND = 200;
const RETRY_MS = 1_000;
const CONNECT_MS = 10_000;

export const dataChannels: Attack = {
  what: 'a joined client opens data channels (DCEP) without end, and says something on each',
  run: async ({ place, count, over }) => {
    const token = await tokenOfSeat(place, 3);
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
      const stop = AbortSignal.any([over, ended.signal]);
      const pc = await connected(signal, stop);
      if (!pc) continue;
      // Kept: a channel that was collected is closed.
      const channels: DataChannel[] = [];
      await pace(CHANNELS_PER_SECOND, stop, (nr) => {
        try {
          const channel = pc.createDataChannel(`flood-${nr}`);
          channels.push(channel);
          count('channels asked for');
          channel.onOpen(() => {
            count('channels open');
            channel.sendMessage('flood');
          });
        } catch {
          count('channels that the client’s own library refused');
        }
      });
      pc.close();
      signal.abort();
    }
  },
};

/** The client's own connection for data, as LiveKit's clients open it. @returns undefined when it was ended before */
async function connected(signal: SignalConnection, stop: AbortSignal): Promise<PeerConnection | undefined> {
  const pc = new nodeDataChannel.PeerConnection('flood', { iceServers: [], disableAutoNegotiation: true });
  pc.createDataChannel('_reliable');
  const gathered = new Promise<void>((resolve) =>
    pc.onGatheringStateChange((state) => state === 'complete' && resolve()),
  );
  const open = new Promise<'open'>((resolve) => pc.onStateChange((state) => state === 'connected' && resolve('open')));
  signal.listen((message) => {
    if (message.case === 'answer') pc.setRemoteDescription(message.value.sdp, 'answer');
  });
  pc.setLocalDescription('offer');
  await gathered;
  signal.send({ case: 'offer', value: { type: 'offer', sdp: pc.localDescription()?.sdp ?? '', id: 1 } });
  const end = AbortSignal.any([stop, AbortSignal.timeout(CONNECT_MS)]);
  const ended = end.aborted ? Promise.resolve() : once(end, 'abort').then(() => undefined);
  if ((await Promise.race([open, ended])) === 'open') return pc;
  pc.close();
  if (!stop.aborted) throw new Error('the client’s own connection was not made');
  return undefined;
}
