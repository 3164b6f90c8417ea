import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Attack, AttackTools } from './attack.ts';
import { pace } from './pace.ts';

/** Of one roster file, which is the largest that any address takes. */
const FILE_BYTES = 16 * 1024 * 1024;
/** Uploads that one account has on their way. */
const UPLOADS = 100;
const UPLOADS_PER_SECOND = 20;
const PIECE = Buffer.alloc(256 * 1024, 'a,b,c\n');
/** Sockets that one attack holds at most: twice the cap of an address in the target. */
const STRANGERS = 400;
const STRANGERS_PER_SECOND = 150;
/** Of the packed body that never comes whole. */
const PACKED_BYTES = 290;

/** @param begin writes the request; the socket is over when it is closed */
function hold({ place, count, over }: AttackTools, begin: (socket: Socket) => void): Socket {
  const { hostname, port } = new URL(place.url);
  const socket = connect(Number(port), hostname);
  socket.on('connect', () => begin(socket));
  socket.on('error', () => undefined);
  socket.on('data', (data) => {
    const [, status] = /^HTTP\/1\.1 (\d{3})/.exec(data.toString('latin1')) ?? [];
    if (status !== undefined) count(`answered ${status}`);
  });
  socket.on('close', () => over.aborted || count('cut by the server'));
  over.addEventListener('abort', () => socket.destroy(), { once: true });
  return socket;
}

const head = (url: string, path: string, lines: readonly string[]): string =>
  [`POST ${path} HTTP/1.1`, `Host: ${new URL(url).host}`, ...lines, '', ''].join('\r\n');

/** Session of a seat that went over. */
async function tokenOf({ url, gone }: AttackTools['place']): Promise<string> {
  const link = gone.at(-1) ?? '';
  const answer = await fetch(`${url}/api/session/link`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ secret: link.slice(link.indexOf('#l=') + 3), transport: 'bearer', device: 'flood' }),
  });
  const { token } = (await answer.json()) as { token?: string };
  if (token === undefined) throw new Error(`the seat was not let in: ${answer.status}`);
  return token;
}

export const uploads: Attack = {
  what: 'one seat sends a hundred files of 16 MB at once to addresses that are none of its business',
  run: async (tools) => {
    const { place, count, over } = tools;
    const lines = [`Authorization: Bearer ${await tokenOf(place)}`, 'Content-Type: text/csv'];
    const named = 'file=a.csv&what=roster';
    const paths = [
      `plans?${named}`,
      `imports?${named}&plan=${'a'.repeat(64)}&key=01920000-0000-7000-8000-000000000000`,
    ];
    let held = 0;
    await pace(UPLOADS_PER_SECOND, over, (nr) => {
      if (held >= UPLOADS) return;
      held += 1;
      const path = `/api/roster/${paths[nr % paths.length]}`;
      const socket = hold(tools, () => {
        count('uploads begun');
        socket.write(head(place.url, path, [...lines, `Content-Length: ${FILE_BYTES}`]));
        send(socket, FILE_BYTES, (bytes) => count('MB sent', bytes / 2 ** 20));
      });
      socket.once('close', () => {
        held -= 1;
      });
    });
  },
};

/** As fast as it is taken. */
function send(socket: Socket, bytes: number, sent: (bytes: number) => void): void {
  const piece = PIECE.subarray(0, Math.min(bytes, PIECE.length));
  if (piece.length === 0 || socket.destroyed) return;
  socket.write(piece, (error) => {
    if (error) return;
    sent(piece.length);
    send(socket, bytes - piece.length, sent);
  });
}

export const unfinishedBodies: Attack = {
  what: `strangers begin packed bodies of ${PACKED_BYTES} bytes, which never come whole, at sign-in and elsewhere`,
  run: (tools) => {
    const { place, count, over } = tools;
    const packed = gzipSync(JSON.stringify({ secret: 'x'.repeat(43), device: 'flood' }));
    const part = Buffer.concat([packed.subarray(0, 20), Buffer.alloc(PACKED_BYTES)]).subarray(0, PACKED_BYTES);
    const kinds = [
      { path: '/api/directives', more: ['Content-Encoding: gzip'] },
      { path: '/api/session/link', more: ['Content-Encoding: gzip'] },
      { path: '/api/session/link', more: [] },
    ];
    let held = 0;
    return pace(STRANGERS_PER_SECOND, over, (nr) => {
      if (held >= STRANGERS) return;
      held += 1;
      const { path, more } = kinds[nr % kinds.length] as (typeof kinds)[number];
      const lines = ['Content-Type: application/json', 'Content-Length: 5000', ...more];
      const socket = hold(tools, () => {
        count('bodies begun');
        socket.write(head(place.url, path, lines));
        socket.write(part);
      });
      socket.once('close', () => {
        held -= 1;
      });
    });
  },
};
