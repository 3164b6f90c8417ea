import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignalRequest, SignalResponse } from '@livekit/protocol';
import WebSocket, { WebSocketServer } from 'ws';
import { happens } from '../happens.ts';

/** One description as it passed between a client and the server, or the request that announced a track. */
export type Recorded =
  | { type: 'join'; from: 'client' }
  | { connection: 'publisher' | 'subscriber'; type: 'offer' | 'answer'; from: 'client' | 'server'; sdp: string }
  | { type: 'addTrack'; from: 'client'; cid: string; mime: string; layers: number };

/**
 * Stands between a LiveKit client and a LiveKit server, and records the SDP that they exchange. It offers the classic
 * signalling with two peer connections only, as this project does, so clients fall back to it the same way.
 */
export class RecordingProxy {
  readonly url: string;
  readonly #server: Server;
  readonly #sockets: WebSocketServer;
  #recorded: Recorded[] = [];

  private constructor(server: Server, sockets: WebSocketServer, url: string) {
    this.#server = server;
    this.#sockets = sockets;
    this.url = url;
  }

  /** @param target `ws://host:port` of the server */
  static async create(target: string): Promise<RecordingProxy> {
    const server = createServer((_request, response) => {
      response.writeHead(404, { 'Access-Control-Allow-Origin': '*' }).end('no single peer connection');
    });
    const sockets = new WebSocketServer({ noServer: true });
    server.listen(0, '127.0.0.1');
    await happens(server, 'listening');
    const proxy = new RecordingProxy(server, sockets, `ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('upgrade', (request, socket, head) => {
      if (request.url?.startsWith('/rtc/v1')) {
        socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n');
        return;
      }
      sockets.handleUpgrade(request, socket, head, (client) => proxy.#join(target, request, client));
    });
    return proxy;
  }

  /** Everything since the last call, oldest first. */
  take(): Recorded[] {
    const recorded = this.#recorded;
    this.#recorded = [];
    return recorded;
  }

  async close(): Promise<void> {
    for (const client of this.#sockets.clients) client.terminate();
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #join(target: string, request: IncomingMessage, client: WebSocket): void {
    const { authorization } = request.headers;
    // A resumed session keeps its peer connections, any other has new ones.
    if (!request.url?.includes('reconnect=1')) this.#recorded.push({ type: 'join', from: 'client' });
    const upstream = new WebSocket(`${target}${request.url}`, { headers: authorization ? { authorization } : {} });
    const early: Buffer[] = [];
    client.on('message', (data: Buffer) => {
      this.#fromClient(SignalRequest.fromBinary(data));
      if (upstream.readyState === WebSocket.OPEN) upstream.send(data);
      else early.push(data);
    });
    upstream.on('open', () => {
      for (const data of early) upstream.send(data);
    });
    upstream.on('message', (data: Buffer) => {
      this.#fromServer(SignalResponse.fromBinary(data));
      client.send(data);
    });
    upstream.on('error', () => client.terminate());
    upstream.on('close', () => client.close());
    client.on('close', () => upstream.close());
  }

  #fromClient({ message }: SignalRequest): void {
    if (message.case === 'offer') this.#add('publisher', 'offer', 'client', message.value.sdp);
    if (message.case === 'answer') this.#add('subscriber', 'answer', 'client', message.value.sdp);
    if (message.case === 'addTrack') {
      const { cid, layers, simulcastCodecs, type } = message.value;
      const mime = simulcastCodecs[0]?.codec || (type === 0 ? 'audio/opus' : 'video/vp8');
      this.#recorded.push({ type: 'addTrack', from: 'client', cid, mime, layers: layers.length });
    }
  }

  #fromServer({ message }: SignalResponse): void {
    if (message.case === 'offer') this.#add('subscriber', 'offer', 'server', message.value.sdp);
    if (message.case === 'answer') this.#add('publisher', 'answer', 'server', message.value.sdp);
  }

  #add(connection: 'publisher' | 'subscriber', type: 'offer' | 'answer', from: 'client' | 'server', sdp: string): void {
    // Addresses of the recording machine belong into no repository.
    const lines = sdp.split('\r\n').filter((line) => !line.startsWith('a=candidate:'));
    this.#recorded.push({ connection, type, from, sdp: lines.join('\r\n') });
  }
}
