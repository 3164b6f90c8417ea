import type { Caller } from '../../../domain/organisation/Sessions.ts';
import type { ActArrival, Arrivals } from '../../../domain/shared/Arrivals.ts';
import { isScreen } from '../../../domain/shared/whoSeesWhom.ts';
import { JsonText } from '../../../lib/JsonText.ts';
import type { Quotas } from '../../../lib/Quotas.ts';
import type { Logger } from '../../../observability/logger.ts';
import type { Refused } from '../../../observability/RefusalLog.ts';
import { type ActName, acts } from '../../../protocol/channel.ts';
import { ACTS } from '../../../protocol/channelLimits.ts';
import { DomainError, isAway, type Problem, refuse, tooOften } from '../../../protocol/errors.ts';
import { ActBudget } from './ActBudget.ts';
import type { ActHandlers, ActingDevice, ChannelSocket } from './types.ts';

export interface ActGuard {
  /** CL8: nothing is done at this moment. */
  readonly isFenced: () => boolean;
  /**
   * Who stands behind the session now: rights are decided anew at every act. @throws DomainError `unauthenticated`,
   * `store-unavailable`
   */
  readonly renew: (caller: Caller) => Promise<Caller>;
  /** What the session says of them may be something else than at the connection. */
  readonly renewed: (socket: ChannelSocket) => void;
  /** The session of the socket is over. */
  readonly ended: (socket: ChannelSocket) => void;
  readonly arrivals: Arrivals;
  /** CL43 */
  readonly quotas: Quotas;
  /** Told of each act: its name, `ok` or the reason of its refusal, and how long its answer took, s. */
  readonly answered: (act: string, outcome: string, seconds: number) => void;
  /** HT17: told of each act that was refused. */
  readonly refused: (refused: Omit<Refused, 'way'>) => void;
  readonly logger: Logger;
}

/** Answers every message of a socket, whatever it is: `{ok}` or `{error}`, and never with a crash. */
export class ActAnswerer {
  readonly #handlers: ActHandlers;
  readonly #guard: ActGuard;
  readonly #budget: ActBudget;

  constructor(handlers: ActHandlers, guard: ActGuard) {
    this.#handlers = handlers;
    this.#guard = guard;
    this.#budget = new ActBudget(ACTS.withinMs, guard.quotas);
  }

  listen(socket: ChannelSocket): void {
    socket.onAny((event: string, ...args: unknown[]) => {
      const last = args.at(-1);
      const ack = typeof last === 'function' ? (last as (answer: unknown) => void) : undefined;
      const ask = ack ? args.slice(0, -1) : args;
      socket.data.acting = (socket.data.acting ?? 0) + 1;
      const came = performance.now();
      void this.#answer(socket, event, ask).then((answer) => {
        ack?.(answer);
        socket.data.acting = (socket.data.acting ?? 1) - 1;
        const act = Object.hasOwn(acts, event) ? event : 'none';
        this.#guard.answered(act, outcomeOf(answer), (performance.now() - came) / 1000);
      });
    });
  }

  /** One function for all that is awaited: thousands of acts wait here at once. */
  async #answer(socket: ChannelSocket, event: string, ask: readonly unknown[]): Promise<unknown> {
    let arrival: ActArrival | undefined;
    let again = false;
    try {
      if (this.#guard.isFenced()) throw refuse('store-unavailable', 'this node was stopped; connect again');
      this.#spend(socket);
      const { name, parsed } = parse(event, ask);
      const { briefing, seat, address } = socket.data;
      if (isScreen(seat.role)) throw refuse('forbidden', 'a screen does nothing');
      arrival = this.#guard.arrivals.arrive(`${briefing} ${seat.identity}`, name, parsed);
      const { received } = arrival;
      const caller = await this.#guard.renew(socket.data.caller);
      if (caller !== socket.data.caller) {
        socket.data.caller = caller;
        this.#guard.renewed(socket);
      }
      const handler = this.#handlers[name] as (actor: ActingDevice, ask: unknown) => unknown;
      const answer = await handler({ briefing, account: caller.account, seat, address, received }, parsed);
      if (answer instanceof JsonText) return new JsonText(`{"ok":${answer.text}}`);
      return { ok: acts[name].answer.parse(answer) };
    } catch (error) {
      again = isAway(error) || (error instanceof DomainError && error.reason === 'busy');
      return this.#refuse(socket, event, error);
    } finally {
      arrival?.over(again);
    }
  }

  #refuse(socket: ChannelSocket, act: string, error: unknown) {
    if (error instanceof DomainError) {
      const { caller, address } = socket.data;
      const named = Object.hasOwn(acts, act) ? act : 'none';
      this.#guard.refused({ act: named, reason: error.reason, address, account: caller.account });
      if (error.reason === 'unauthenticated' || error.reason === 'unit-ended') this.#guard.ended(socket);
      return error.toProblem();
    }
    this.#guard.logger.error({ err: error, act, identity: socket.data.seat.identity }, 'an act failed');
    return refuse('internal', 'this went wrong on our side; it is in the log').toProblem();
  }

  #spend(socket: ChannelSocket): void {
    const { acts, leftMs } = this.#budget.spend(socket.data.seat.account);
    if (acts > ACTS.flood) socket.disconnect(true);
    if (acts > ACTS.most) throw tooOften('too many acts in a few seconds', leftMs);
  }
}

const outcomeOf = (answer: unknown): string =>
  typeof answer === 'object' && answer !== null && 'error' in answer ? (answer as Problem).error.reason : 'ok';

/** @throws DomainError `bad-request` */
function parse(event: string, ask: readonly unknown[]): { readonly name: ActName; readonly parsed: unknown } {
  if (!Object.hasOwn(acts, event)) throw refuse('bad-request', 'there is no such act');
  const name = event as ActName;
  const { success, data, error } = acts[name].ask.safeParse(ask[0] ?? {});
  if (ask.length <= 1 && success) return { name, parsed: data };
  const issue = error?.issues[0];
  const where = issue?.path.join('.') || name;
  throw refuse('bad-request', issue ? `${where}: ${issue.message}` : 'an act has one argument');
}
