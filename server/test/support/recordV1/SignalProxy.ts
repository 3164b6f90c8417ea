import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignalRequest, SignalResponse } from '@livekit/protocol';
import WebSocket, { WebSocketServer } from 'ws';
import { happens } from '../happens.ts';
import type { Json } from './Json.ts';
import { unwrap } from './joinRequest.ts';

/** What passed, in order. `step` is written by whoever records: what the client was made to do then. */
export type Passed =
  | { step: string }
  | { from: 'client'; upgrade: string; query: Record<string, Json> }
  | { from: 'client'; request: Json }
  | { from: 'server'; response: Json }
  | { from: 'client' | 'server'; close: number };

/** Said over and over, and nothing follows from it for the sequence. */
const PERIODIC = new Set(['ping', 'pingReq', 'pong', 'pongResp', 'speakersChanged', 'connectionQuality']);

/** Stands between a LiveKit client and a LiveKit server, and records every signal message of both. */
export class SignalProxy {
  readonly url: string;
  readonly #server: Server;
  readonly #sockets = new WebSocketServer({ noServer: true });
  #passed: Passed[] = [];

  /** @param target `ws://host:port` of the server */
  static async create(target: string): Promise<SignalProxy> {
    const server = createServer(async (request, response) => {
      const { authorization } = request.headers;
      const answer = await fetch(`${target.replace(/^ws/, 'http')}${request.url}`, {
        headers: authorization ? { authorization } : {},
      });
      const body = await answer.text();
      response.writeHead(answer.status, { 'Access-Control-Allow-Origin': '*' }).end(body);
    });
    server.listen(0, '127.0.0.1');
    await happens(server, 'listening');
    return new SignalProxy(target, server);
  }

  private constructor(target: string, server: Server) {
    this.#server = server;
    this.url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('upgrade', (request, socket, head) =>
      this.#sockets.handleUpgrade(request, socket, head, (client) => this.#join(target, request, client)),
    );
  }

  step(step: string): void {
    this.#passed.push({ step });
  }

  /** Everything since the last call, oldest first. */
  take(): Passed[] {
    return this.#passed.splice(0);
  }

  /** Cuts every connection without a word, as a line that breaks. */
  cut(): void {
    for (const client of this.#sockets.clients) client.terminate();
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #join(target: string, request: IncomingMessage, client: WebSocket): void {
    const { authorization } = request.headers;
    const { pathname, searchParams } = new URL(request.url ?? '/', target);
    this.#passed.push({ from: 'client', upgrade: pathname, query: readQuery(searchParams, authorization) });
    const upstream = new WebSocket(`${target}${request.url}`, { headers: authorization ? { authorization } : {} });
    const early: Buffer[] = [];
    client.on('message', (data: Buffer) => {
      const message = SignalRequest.fromBinary(data);
      if (!PERIODIC.has(message.message.case ?? '')) this.#passed.push({ from: 'client', request: message.toJson() });
      if (upstream.readyState === WebSocket.OPEN) upstream.send(data);
      else early.push(data);
    });
    upstream.on('open', () => {
      for (const data of early) upstream.send(data);
    });
    upstream.on('message', (data: Buffer) => {
      const message = SignalResponse.fromBinary(data);
      if (!PERIODIC.has(message.message.case ?? '')) this.#passed.push({ from: 'server', response: message.toJson() });
      client.send(data);
    });
    upstream.on('error', () => client.terminate());
    upstream.on('close', (code) => {
      if (client.readyState === WebSocket.OPEN) this.#passed.push({ from: 'server', close: code });
      client.close();
    });
    client.on('close', (code) => {
      if (upstream.readyState === WebSocket.OPEN) this.#passed.push({ from: 'client', close: code });
      upstream.close();
    });
  }
}

function readQuery(parameters: URLSearchParams, authorization: string | undefined): Record<string, Json> {
  const query: Record<string, Json> = authorization ? { 'header Authorization': authorization } : {};
  for (const [name, value] of parameters) {
    if (name !== 'join_request') query[name] = value;
    else {
      const { compression, joinRequest } = unwrap(value);
      query[name] = { compression, joinRequest: joinRequest.toJson() };
    }
  }
  return query;
}
