import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Logger } from '../../observability/logger.ts';
import { DomainError } from '../../protocol/errors.ts';
import { uuidSchema } from '../../protocol/uuid.ts';
import type { Bus } from '../bus/Bus.ts';
import type { Sender } from '../bus/envelope.ts';
import type { Inbox, TopicDefinition } from '../bus/nodeTopic.ts';
import { type Others, RETRY_SECONDS } from '../membership/Membership.ts';
import type { NodeAnswer, RequestDefinition } from './nodeRequest.ts';

/** A node that has not answered by then has not answered; by its lease it may be dead by then, too. */
const ANSWER_WITHIN_MS = 3_000;

const askTopic = {
  name: 'ask',
  schema: z.object({ id: uuidSchema, request: z.string(), body: z.unknown() }),
} satisfies TopicDefinition;
/** Without a body: it could not be answered. */
const answerTopic = {
  name: 'answer',
  schema: z.object({ id: uuidSchema, given: z.object({ body: z.unknown() }).optional() }),
} satisfies TopicDefinition;

type Ask = z.output<typeof askTopic.schema>;
type Answer = z.output<typeof answerTopic.schema>;

/** What one node asks of the others: silence is never taken for an answer (CL7, CL20). */
export class Requests {
  readonly #nodes: Others;
  readonly #logger: Pick<Logger, 'warn'>;
  readonly #ask: Inbox<Ask>;
  readonly #answer: Inbox<Answer>;
  readonly #answers = new Map<string, NodeAnswer>();
  /** By the random number of the question. */
  readonly #open = new Map<string, (answer: Answer, from: Sender) => void>();

  constructor({ bus, nodes, logger }: { bus: Bus; nodes: Others; logger: Pick<Logger, 'warn'> }) {
    this.#nodes = nodes;
    this.#logger = logger;
    this.#ask = bus.inbox<Ask>(askTopic);
    this.#answer = bus.inbox<Answer>(answerTopic);
  }

  /** From now on this node answers, and hears what it is answered. */
  join(answers: Iterable<NodeAnswer>): void {
    for (const answer of answers) this.#answers.set(answer.name, answer);
    this.#answer.receive((answer, from) => this.#open.get(answer.id)?.(answer, from));
    this.#ask.receive((ask, from) => this.#give(ask, from));
  }

  /**
   * Asks all other living nodes; a node that is alone has asked already. @param enough ends the waiting with an answer
   * that decides it @throws DomainError `store-unavailable` when one of them has not answered
   */
  async all<Q extends z.ZodType, A extends z.ZodType>(
    request: RequestDefinition<Q, A>,
    body: z.output<Q>,
    enough: (answer: z.output<A>) => boolean = () => false,
  ): Promise<readonly z.output<A>[]> {
    const others = await this.#nodes.others();
    if (others.length === 0) return [];
    return this.#asked(request, body, others, enough);
  }

  /**
   * CL20: asks one node, by the boot that it is known by. @throws DomainError `store-unavailable` when it has not
   * answered: it is gone, the bus is away, or it could not
   */
  async one<Q extends z.ZodType, A extends z.ZodType>(
    { node, boot }: Sender,
    request: RequestDefinition<Q, A>,
    body: z.output<Q>,
    withinMs?: number,
  ): Promise<z.output<A>> {
    const [answer] = await this.#asked(request, body, [{ node, boot }], () => true, withinMs);
    return answer as z.output<A>;
  }

  async #asked<A extends z.ZodType>(
    request: RequestDefinition<z.ZodType, A>,
    body: unknown,
    others: readonly Sender[],
    enough: (answer: z.output<A>) => boolean,
    withinMs = ANSWER_WITHIN_MS,
  ): Promise<readonly z.output<A>[]> {
    const id = randomUUID();
    const waiting = new Map(others.map((other) => [other.boot, other.node]));
    const answers: z.output<A>[] = [];
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const late = setTimeout(() => reject(this.#noAnswer(waiting)), withinMs);
    this.#open.set(id, ({ given }, from) => {
      if (!waiting.has(from.boot)) return;
      const read = given && request.answer.safeParse(given.body);
      if (!read?.success) return reject(this.#noAnswer(new Map([[from.boot, from.node]]), read?.error));
      waiting.delete(from.boot);
      answers.push(read.data);
      if (waiting.size === 0 || enough(read.data)) resolve();
    });
    try {
      for (const other of others) this.#ask.send(other, { id, request: request.name, body });
      await promise;
      return answers;
    } finally {
      clearTimeout(late);
      this.#open.delete(id);
    }
  }

  /** CL67: a node whose lease is gone, and which beats, is no node that has failed to answer. */
  #noAnswer(silent: ReadonlyMap<string, string>, cause?: unknown): DomainError {
    const names = [...silent.values()].join(', ');
    const { cutOff } = this.#nodes;
    const how = { ...(cause !== undefined && { cause }), retryAfterSeconds: RETRY_SECONDS };
    return [...silent.keys()].every((boot) => cutOff?.has(boot))
      ? new DomainError('node-cut-off', `${names} lives and cannot be asked now; nothing was recorded`, how)
      : new DomainError('store-unavailable', `no answer from ${names}; nothing was recorded`, how);
  }

  async #give({ id, request, body }: Ask, from: Sender): Promise<void> {
    try {
      const answer = this.#answers.get(request);
      if (!answer) throw new Error('this node does not know the request');
      this.#answer.send(from, { id, given: { body: await answer.answer(body, from) } });
    } catch (err) {
      this.#logger.warn({ err, request, from: from.node }, 'a request of another node could not be answered');
      this.#answer.send(from, { id });
    }
  }
}
