import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { types as ms } from 'mediasoup';
import { LOOPBACK } from '../../support/PlainSource.ts';
import { patchedWorker } from '../../support/patchedWorker.ts';
import { request } from '../../support/stun.ts';
import { until } from '../../support/until.ts';

/** The least that a worker takes, seconds. */
const CONSENT_SECONDS = 10;
/** Far more than a worker reads at once, and less than its socket holds. */
const CROWD = 100;

/** Somebody who asks when the test says so, and what the worker thought of them, one after the other. */
class Client {
  readonly states: string[] = [];
  readonly #send: (packet: Buffer) => void;
  readonly #ask: Buffer;

  static async connect(t: TestContext, router: ms.Router, webRtcServer: ms.WebRtcServer): Promise<Client> {
    const transport = await router.createWebRtcTransport({ webRtcServer, iceConsentTimeout: CONSENT_SECONDS });
    const { usernameFragment, password } = transport.iceParameters;
    const port = transport.iceCandidates[0]?.port ?? assert.fail('no candidate');
    const socket = createSocket('udp4');
    t.after(() => socket.close());
    const ask = request(`${usernameFragment}:x`, { password, fingerprint: true });
    const client = new Client((packet) => socket.send(packet, port, LOOPBACK.ip), ask);
    transport.on('icestatechange', (state) => client.states.push(state));
    client.ask();
    await until('a connection', () => client.states.length > 0);
    return client;
  }

  private constructor(send: (packet: Buffer) => void, ask: Buffer) {
    this.#send = send;
    this.#ask = ask;
  }

  ask(): void {
    this.#send(this.#ask);
  }

  /** What others send to the same port. */
  crowd(): void {
    for (let i = 0; i < CROWD; i++) this.#send(randomBytes(200));
  }
}

async function start(t: TestContext) {
  const worker = await patchedWorker('09-consent');
  t.after(() => {
    process.kill(worker.pid, 'SIGCONT');
    worker.close();
  });
  const router = await worker.createRouter();
  const server = await worker.createWebRtcServer({ listenInfos: [{ ...LOOPBACK }] });
  const [asks, silent] = [await Client.connect(t, router, server), await Client.connect(t, router, server)];
  const stop = (): void => {
    process.kill(worker.pid, 'SIGSTOP');
    asks.crowd();
  };
  const goOn = () => process.kill(worker.pid, 'SIGCONT');
  return { asks, silent, stop, goOn };
}

test('a worker that has more to read than it can takes nobody for gone whose request waits among it', async (t) => {
  const { asks, silent, stop, goOn } = await start(t);
  await wait(1_000 * CONSENT_SECONDS - 500);
  stop();
  asks.ask();
  await wait(1_000);
  goOn();
  await until('who is silent has gone', () => silent.states.includes('disconnected'));
  assert.deepEqual(asks.states, ['connected']);
});

test('a worker that stood still gives everybody their whole time again, and then finds who is silent', async (t) => {
  const { asks, silent, stop, goOn } = await start(t);
  stop();
  const asking = setInterval(() => asks.ask(), 2_500);
  t.after(() => clearInterval(asking));
  await wait(1_000 * CONSENT_SECONDS + 2_000);
  goOn();
  await until('who is silent has gone', () => silent.states.includes('disconnected'), 2_000 * CONSENT_SECONDS);
  assert.deepEqual(asks.states, ['connected']);
});
