import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { connect, createServer as createTcp, type Socket } from 'node:net';
import type { TestContext } from 'node:test';
import { SharedPort, type SharedPortOptions } from '../../src/edge/sharedPort/index.ts';
import { happens } from './happens.ts';
import { within } from './until.ts';

/** What `provenRequest` of the tests proves. */
export const icePassword = 'a password of 32 characters here';

/** A shared port on a free port of loopback, closed with the test. Its page says the path that was asked for. */
export async function openSharedPort(
  t: TestContext,
  { ownerOf = () => undefined, died = assert.fail, patience, ...rest }: Partial<SharedPortOptions & MediaOptions> = {},
): Promise<SharedPort> {
  const web = createServer((request, response) => response.end(`page ${request.url}`));
  const media = { ownerOf, died, patience, processes: 1 };
  const options = { setting: 'PORT', host: '127.0.0.1', port: 0, web, media, ...rest } as const;
  const port = await SharedPort.create(options);
  t.after(async () => {
    options.web?.closeAllConnections();
    await port.close();
  });
  return port;
}

type MediaOptions = NonNullable<SharedPortOptions['media']>;

/** A client of it that is connected and has said nothing. */
export async function dial(t: TestContext, port: SharedPort): Promise<Socket> {
  const socket = connect(port.port, '127.0.0.1');
  t.after(() => socket.destroy());
  socket.on('error', () => {});
  await happens(socket, 'connect');
  return socket;
}

/** In the place of a media worker: its port, and who connected to it. */
export async function listenAsWorker(t: TestContext): Promise<{ tcpPort: number; sockets: Socket[] }> {
  const sockets: Socket[] = [];
  const server = createTcp((socket) => sockets.push(socket.on('error', () => {}))).listen(0, '127.0.0.1');
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  await happens(server, 'listening');
  return { tcpPort: (server.address() as { port: number }).port, sockets };
}

/** The end of a connection, whether by a reset or not. To be called before whatever ends it. */
export function closed(socket: Socket): Promise<unknown> {
  const end = new Promise((resolve) => socket.resume().once('close', resolve));
  return within('the end of a connection', end, 20_000);
}
