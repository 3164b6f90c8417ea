import { JsonText } from '../../lib/JsonText.ts';
import type { Logger } from '../../observability/logger.ts';
import { type ActName, acts } from '../../protocol/channel.ts';
import { DomainError, refuse } from '../../protocol/errors.ts';
import { ActBudget } from './ActBudget.ts';
import type { ActHandlers } from './actHandlers.ts';
import type { ChannelSocket } from './types.ts';

/** A hand that plays with every button stays below; a program in a loop does not. */
const ACTS = 40;
const WINDOW_MS = 10_000;
/** Who goes on after so many refusals is cut off. */
const FLOOD = 400;

export interface ActGuard {
  /** Who the socket's session is now: rights are decided anew at every act. @throws DomainError `unauthenticated`, `store-unavailable` */
  readonly refresh: (socket: ChannelSocket) => Promise<void>;
  readonly logger: Logger;
}

/** Answers every message of a socket, whatever it is: `{ok}` or `{error}`, and never with a crash. */
export class ActAnswerer {
  readonly #handlers: ActHandlers;
  readonly #guard: ActGuard;
  readonly #budget = new ActBudget(WINDOW_MS);

  constructor(handlers: ActHandlers, guard: ActGuard) {
    this.#handlers = handlers;
    this.#guard = guard;
  }

  listen(socket: ChannelSocket): void {
    socket.onAny((event: string, ...args: unknown[]) => {
      const last = args.at(-1);
      const ack = typeof last === 'function' ? (last as (answer: unknown) => void) : undefined;
      const ask = ack ? args.slice(0, -1) : args;
      void this.#answer(socket, event, ask).then((answer) => ack?.(answer));
    });
  }

  async #answer(socket: ChannelSocket, event: string, ask: readonly unknown[]): Promise<unknown> {
    try {
      this.#spend(socket);
      if (!Object.hasOwn(acts, event)) throw refuse('bad-request', 'there is no such act');
      const ok = await this.#act(socket, event as ActName, ask);
      return ok instanceof JsonText ? new JsonText(`{"ok":${ok.text}}`) : { ok };
    } catch (error) {
      if (error instanceof DomainError) return error.toProblem();
      this.#guard.logger.error({ err: error, act: event, identity: socket.data.seat.identity }, 'an act failed');
      return refuse('internal', 'this went wrong on our side; it is in the log').toProblem();
    }
  }

  async #act<N extends ActName>(socket: ChannelSocket, name: N, ask: readonly unknown[]): Promise<unknown> {
    const parsed = acts[name].ask.safeParse(ask[0] ?? {});
    if (ask.length > 1 || !parsed.success) {
      const issue = parsed.error?.issues[0];
      const where = issue?.path.join('.') || name;
      throw refuse('bad-request', issue ? `${where}: ${issue.message}` : 'an act has one argument');
    }
    await this.#guard.refresh(socket);
    const { caller, briefing, seat, address } = socket.data;
    const handler = this.#handlers[name] as (actor: object, ask: unknown) => unknown;
    const answer = await handler({ briefing, account: caller.account, seat, address }, parsed.data);
    return answer instanceof JsonText ? answer : acts[name].answer.parse(answer);
  }

  #spend(socket: ChannelSocket): void {
    const spent = this.#budget.spend(socket.data.seat.identity, performance.now());
    if (spent > FLOOD) socket.disconnect(true);
    if (spent > ACTS) throw refuse('rate-limited', 'too many acts in a few seconds');
  }
}
