import type { Presence } from '../../../src/domain/presence/Presence.ts';
import type { BriefingActor } from '../../../src/domain/shared/actor.ts';
import { ActAnswerer, type ActGuard } from '../../../src/edge/socket/channel/answerActs.ts';
import type { ActHandlers, ChannelSocket } from '../../../src/edge/socket/channel/types.ts';
import { JsonText } from '../../../src/lib/JsonText.ts';
import type { Problem } from '../../../src/protocol/errors.ts';
import type { SimHall } from './SimHall.ts';

export type Answer = { readonly ok: unknown } | Problem;

/** One order channel, as its node has it. */
export interface SimSocket {
  readonly actor: BriefingActor;
  /** What the device sends. */
  act(name: string, ask: unknown, ack: (answer: Answer) => void): void;
  /** The device is gone, or the node ends it; may run twice. */
  close(): void;
}

interface Parts {
  readonly presence: Presence;
  readonly hall: SimHall;
  readonly guard: ActGuard;
  readonly acts: Partial<ActHandlers>;
  /** Makes known here what the device will be told of. */
  readonly prepare: (briefing: string) => Promise<void>;
}

/** The order channel of a node without sockets: who is let in, and the real answers to what they ask. */
export class SimDoor {
  readonly sockets = new Set<SimSocket>();
  readonly #parts: Parts;
  readonly #answerer: ActAnswerer;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#answerer = new ActAnswerer(parts.acts as ActHandlers, parts.guard);
  }

  /** @param closed told once, when it ends @returns undefined: it was refused */
  async open(actor: BriefingActor, closed: () => void): Promise<SimSocket | undefined> {
    const { presence, hall, guard, prepare } = this.#parts;
    const { briefing, account, seat } = actor;
    if (guard.isFenced()) return undefined;
    try {
      await prepare(briefing);
    } catch {
      return undefined;
    }
    let listener: (name: string, ...args: unknown[]) => void = () => undefined;
    const socket: SimSocket = {
      actor,
      act: (name, ask, ack) => {
        if (this.sockets.has(socket))
          listener(name, ask, (answer: unknown) =>
            ack(answer instanceof JsonText ? answer.read() : (answer as Answer)),
          );
      },
      close: () => {
        if (!this.sockets.delete(socket)) return;
        presence.channelClosed(briefing, seat.identity);
        hall.left(briefing, seat.identity);
        closed();
      },
    };
    this.#answerer.listen({
      data: { briefing, seat, address: '', caller: { account } },
      onAny: (listen: typeof listener) => {
        listener = listen;
      },
      disconnect: () => socket.close(),
    } as unknown as ChannelSocket);
    this.sockets.add(socket);
    presence.channelOpened(briefing, seat);
    return socket;
  }

  /** Of whom a device is here. */
  get units(): ReadonlySet<string> {
    return new Set([...this.sockets].map(({ actor }) => actor.seat.unit));
  }

  /** CL8 */
  cut(): void {
    for (const socket of [...this.sockets]) socket.close();
  }
}
