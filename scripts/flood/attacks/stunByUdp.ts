import { setTimeout as wait } from 'node:timers/promises';
import { sendStrangers } from '../../measure/sendStrangers.ts';
import type { Place } from '../protocol.ts';
import type { Attack } from './attack.ts';
import { join, tokenOfSeat } from './joined.ts';
import { until } from './pace.ts';

/** Each of two kinds. `dh bench strangers` measures what one packet costs, at any rate. */
const PER_SECOND = 2_500;
const PATIENCE_MS = 10_000;

export const stunByUdp: Attack = {
  what: 'STUN without credentials to the worker’s UDP port: of nobody, and with a ufrag that is there and no password',
  run: async ({ place, count, over }) => {
    const to = await portOfWorker(place);
    const kinds = ['STUN of nobody', 'STUN, right ufrag, wrong password'] as const;
    const senders = kinds.map((kind) => ({ kind, stop: sendStrangers(kind, to, PER_SECOND) }));
    await until(over);
    for (const { kind, stop } of senders) count(`packets sent: ${kind}`, stop());
  },
};

/** Whoever is let in is told of it: a seat that went over tells others. */
async function portOfWorker(place: Place): Promise<{ address: string; port: number; ufrag: string }> {
  const connection = await join(place, await tokenOfSeat(place, 1));
  const offered = new Promise<string>((resolve) => {
    connection.listen((message) => message.case === 'offer' && resolve(message.value.sdp));
  });
  const sdp = await Promise.race([offered, wait(PATIENCE_MS)]);
  const [, address, port] = /^a=candidate:\S+ 1 udp \d+ (\S+) (\d+)/m.exec(sdp ?? '') ?? [];
  const [, ufrag] = /^a=ice-ufrag:(\S+)/m.exec(sdp ?? '') ?? [];
  if (address === undefined || ufrag === undefined) throw new Error('the server offered no way by UDP');
  return { address, port: Number(port), ufrag };
}
