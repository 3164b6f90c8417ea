import { once } from 'node:events';
import { Agent, request } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { VideoQuality } from '@livekit/protocol';
import { io, type Socket } from 'socket.io-client';
import WebSocket from 'ws';
import { z } from 'zod';
import { sessionHeader } from '../../server/src/protocol/session.ts';
import { ViewerBot } from '../load/ViewerBot.ts';
import type { Ground, Part, Said, Script } from './joinsProtocol.ts';

const LOOK_MS = 10;
/** Whoever is not in by then does not get in. */
const PATIENCE_MS = 20_000;
/** What is read of answers; a bare server's say nothing. */
const idSchema = z.object({ session: z.string().default('') });
const joinedSchema = z.object({
  identity: z.string().default(''),
  token: z.string().default(''),
  url: z.string().default(''),
});

interface Answer extends Said {
  readonly text: string;
}

/**
 * A commune's page as far as a server sees it: the connections, files and questions of a browser, over TLS with its
 * tickets; the order channel; and a LiveKit client with real ICE, DTLS and SRTP, but without decoders.
 */
export class JoiningPage {
  readonly answers = new Map<string, Said>();
  readonly notices: number[] = [];
  readonly #ground: Ground;
  readonly #secret: string;
  readonly #agent: Agent;
  readonly #cookies = new Map<string, string>();
  readonly #address: string;
  #session = '';
  #joined = { identity: '', token: '', url: '' };
  #channel: Socket | undefined;
  #viewer: ViewerBot | undefined;
  #bare: WebSocket | undefined;

  /** @param nr gives each an address of its own, as communes have */
  constructor(ground: Ground, secret: string, nr: number) {
    this.#ground = ground;
    this.#secret = secret;
    this.#address = `127.1.${(nr >> 8) & 255}.${nr & 255 || 1}`;
    const { connections: maxSockets } = ground.asked;
    this.#agent = new Agent({ keepAlive: true, maxSockets, localAddress: this.#address });
  }

  /** @throws Error that says what the server refused */
  async do(part: Part): Promise<void> {
    const { asked, briefing } = this.#ground;
    switch (part) {
      case 'tls':
        // A browser has a ticket after the first one, and opens the others together.
        await this.#get('/healthz');
        await Promise.all(Array.from({ length: asked.connections }, () => this.#get('/healthz')));
        return;
      case 'page':
        await this.#get('/');
        await Promise.all(asked.files.map((path) => this.#get(path)));
        return;
      case 'session':
        this.#session = idSchema.parse(await this.#post('/api/session/link', { secret: this.#secret })).session;
        for (const path of asked.questions) await this.#get(path);
        return;
      case 'join':
        this.#joined = joinedSchema.parse(await this.#post(`/api/briefings/${briefing}/join`, {}));
        return;
      case 'channel':
        return this.#openChannel();
      case 'signalling':
        return this.#ground.script ? this.#signalBare(this.#ground.script) : this.#signal();
    }
  }

  /** About every 50 ms: what is reported of media. */
  tick(now: number): void {
    this.#viewer?.connection.tick(now);
  }

  get signalled(): Pick<Script, 'offers' | 'down' | 'up'> {
    const { offers = 0, signalled = { down: 0, up: 0 } } = this.#viewer ?? {};
    return { offers, ...signalled };
  }

  async leave(): Promise<void> {
    this.#channel?.disconnect();
    this.#bare?.terminate();
    await this.#viewer?.close();
    this.#agent.destroy();
  }

  async #openChannel(): Promise<void> {
    const { briefing, url } = this.#ground;
    const socket = io(url, {
      ...{ transports: ['websocket'], reconnection: false, forceNew: true, autoConnect: false },
      ...{ agent: this.#agent as unknown as string, extraHeaders: { cookie: this.#cookie } },
      auth: { session: this.#session, briefing, identity: this.#joined.identity },
    });
    this.#channel = socket;
    const opened = new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve).once('connect_error', (error) => reject(new Error(`channel: ${error.message}`)));
    });
    socket.onAny((...notice) => this.notices.push(JSON.stringify(notice).length));
    socket.connect();
    await opened;
  }

  async #signal(): Promise<void> {
    const { identity, token, url } = this.#joined;
    const viewer = new ViewerBot(identity, { bindAddress: '127.0.0.1', quality: VideoQuality.OFF });
    this.#viewer = viewer;
    const account = { url, token, room: this.#ground.briefing, key: '', secret: '', agent: this.#agent };
    await viewer.join(account, identity);
    const end = performance.now() + PATIENCE_MS;
    while (viewer.times.firstAudio === undefined) {
      if (viewer.failure !== undefined) throw new Error(viewer.failure);
      if (performance.now() > end) throw new Error('nothing was heard');
      await wait(LOOK_MS);
    }
  }

  /** As many bytes in as many messages, which say nothing. */
  async #signalBare({ offers, up }: Script): Promise<void> {
    const socket = new WebSocket(`${this.#ground.url.replace('https', 'wss')}/rtc`, { agent: this.#agent });
    this.#bare = socket;
    await new Promise<void>((resolve, reject) => {
      let left = offers;
      socket.on('error', reject).on('message', () => {
        socket.send(Buffer.alloc(Math.round(up / offers)));
        left -= 1;
        if (left === 0) resolve();
      });
    });
  }

  get #cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async #get(path: string): Promise<void> {
    await this.#ask('GET', path);
  }

  async #post(path: string, body: object): Promise<unknown> {
    const { text } = await this.#ask('POST', path, JSON.stringify(body));
    return this.#ground.script ? {} : JSON.parse(text);
  }

  async #ask(method: string, path: string, body?: string): Promise<Answer> {
    const asked = request(new URL(path, this.#ground.url), {
      ...{ method, agent: this.#agent },
      headers: {
        'accept-encoding': 'gzip, deflate, br',
        ...(body !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
        ...(this.#session && { [sessionHeader]: this.#session }),
        ...(this.#cookies.size > 0 && { cookie: this.#cookie }),
      },
    });
    asked.end(body);
    const [response] = await once(asked, 'response');
    const pieces: Buffer[] = [];
    for await (const piece of response) pieces.push(piece);
    const bytes = Buffer.concat(pieces);
    if (response.statusCode !== 200)
      throw new Error(`${path}: HTTP ${response.statusCode} ${bytes.toString().slice(0, 300)}`);
    for (const line of response.headers['set-cookie'] ?? []) {
      const [name = '', value = ''] = line.split(';')[0]?.split('=') ?? [];
      this.#cookies.set(name, value);
    }
    const { 'content-type': type = '', 'content-encoding': encoding } = response.headers;
    const answer = { path, bytes: bytes.length, type, encoding };
    this.answers.set(path, answer);
    return { ...answer, text: method === 'GET' || this.#ground.script ? '' : unpacked(bytes, encoding).toString() };
  }
}

function unpacked(bytes: Buffer, encoding: string | undefined): Buffer {
  if (encoding === 'br') return brotliDecompressSync(bytes);
  return encoding === 'gzip' ? gunzipSync(bytes) : bytes;
}
