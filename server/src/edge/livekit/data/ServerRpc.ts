import { randomUUID } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { DataPacket, DataPacket_Kind, RpcError, RpcRequest, type RpcResponse } from '@livekit/protocol';
import type { DataParticipant } from './types.ts';

/** Codes and texts of LiveKit's RPC. */
export const rpcErrors = {
  connectionTimeout: { code: 1501, message: 'Connection timeout' },
  responseTimeout: { code: 1502, message: 'Response timeout' },
  recipientDisconnected: { code: 1503, message: 'Recipient disconnected' },
} as const;
/** Time for the recipient's acknowledgement, ms. */
const ACK_TIMEOUT_MS = 7_000;
/** A timer of more ends at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
const DEFAULT_RESPONSE_TIMEOUT_MS = 10_000;
const MAX_RESPONSE_BYTES = 1_048_576;

export class RpcFailure extends Error {
  readonly rpc: RpcError;
  constructor(rpc: { code: number; message: string; data?: string }) {
    super(rpc.message);
    this.rpc = new RpcError(rpc);
  }
}

/** Whoever is called; they may be at another node. */
export type Callee = Pick<DataParticipant, 'identity' | 'sid' | 'room'>;

interface Pending {
  readonly to: Callee;
  /** By `performance.now()`. */
  readonly deadline: number;
  readonly resolve: (payload: string) => void;
  readonly fail: (error: { code: number; message: string; data?: string }) => void;
  /** Within this many ms from now the next sign of life must come. */
  readonly expect: (ms: number, error: { code: number; message: string }) => void;
}

/**
 * Calls of the server to participants: the request goes out as a data packet, its answers are taken out of the stream.
 */
export class ServerRpc {
  readonly #pending = new Map<string, Pending>();
  readonly #send: (to: Callee, packet: DataPacket) => void;

  /** @param send is held back by the router until the participant's channel is open */
  constructor(send: (to: Callee, packet: DataPacket) => void) {
    this.#send = send;
  }

  /** @throws RpcFailure with LiveKit's code */
  perform(to: Callee, call: { method: string; payload: string; responseTimeoutMs: number }): Promise<string> {
    const responseTimeoutMs = Math.min(call.responseTimeoutMs || DEFAULT_RESPONSE_TIMEOUT_MS, LONGEST_TIMER_MS);
    const id = randomUUID();
    const { method, payload } = call;
    const value = new RpcRequest({ id, method, payload, responseTimeoutMs, version: 1 });
    const packet = new DataPacket({
      kind: DataPacket_Kind.RELIABLE,
      destinationIdentities: [to.identity],
      value: { case: 'rpcRequest', value },
    });
    return new Promise((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined;
      const done = () => {
        clearTimeout(timer);
        this.#pending.delete(id);
      };
      const pending: Pending = {
        to,
        deadline: performance.now() + responseTimeoutMs,
        resolve: (answer) => {
          done();
          resolve(answer);
        },
        fail: (error) => {
          done();
          reject(new RpcFailure(error));
        },
        expect: (ms, error) => {
          clearTimeout(timer);
          timer = setTimeout(() => pending.fail(error), ms);
        },
      };
      this.#pending.set(id, pending);
      pending.expect(Math.min(ACK_TIMEOUT_MS, responseTimeoutMs), rpcErrors.connectionTimeout);
      this.#send(to, packet);
    });
  }

  /** True when the packet answers a call of ours; it then goes to nobody else. */
  take(packet: DataPacket, from: { readonly sid: string }): boolean {
    const { value } = packet;
    if (value.case !== 'rpcAck' && value.case !== 'rpcResponse') return false;
    const pending = this.#pending.get(value.value.requestId);
    if (pending?.to.sid !== from.sid) return false;
    if (value.case === 'rpcAck') {
      pending.expect(Math.max(0, pending.deadline - performance.now()), rpcErrors.responseTimeout);
    } else answer(value.value, pending);
    return true;
  }

  left(participant: { readonly sid: string }): void {
    for (const pending of [...this.#pending.values()]) {
      if (pending.to.sid === participant.sid) pending.fail(rpcErrors.recipientDisconnected);
    }
  }

  /** The same of one at another node, who is there no more under this identity. */
  leftElsewhere(room: string, identity: string): void {
    for (const { to, fail } of [...this.#pending.values()])
      if (to.room.name === room && to.identity === identity && !to.room.get(identity))
        fail(rpcErrors.recipientDisconnected);
  }

  close(): void {
    for (const pending of [...this.#pending.values()]) pending.fail(rpcErrors.recipientDisconnected);
  }
}

function answer({ value }: RpcResponse, pending: Pending): void {
  if (value.case === 'payload') pending.resolve(value.value);
  else if (value.case === 'error') pending.fail(value.value);
  else {
    try {
      const options = { maxOutputLength: MAX_RESPONSE_BYTES };
      pending.resolve(inflateRawSync(value.value ?? new Uint8Array(), options).toString('utf8'));
    } catch {
      pending.fail({ code: 1500, message: 'Application error in method handler' });
    }
  }
}
