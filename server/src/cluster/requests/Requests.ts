import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Logger } from '../../observability/logger.ts';
import { DomainError } from '../../protocol/errors.ts';
import { uuidSchema } from '../../protocol/uuid.ts';
import type { Bus } from '../bus/Bus.ts';
import type { Sender } from '../bus/envelope.ts';
import type { Topic, TopicDefinition } from '../bus/nodeTopic.ts';
import { type Others, RETRY_SECONDS } from '../membership/Membership.ts';
import type { NodeAnswer, RequestDefinition } from './nodeRequest.ts';

/** A node that has not answered by then has not answered; by its lease it may be dead by then, too. */
const ANSWER_WITHIN_MS = 3_000;

const askTopic = {
  name: 'ask',
  schema: z.object({
    id: uuidSchema,
    request: z.string(),
    body: z.unknown(),
    /** The only boot that is meant; absent: every node is. */
    to: uuidSchema.optional(),
  }),
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
  readonly #self: Sender;
  readonly #nodes: Others;
  readonly #logger: Pick<Logger, 'warn'>;
  readonly #ask: Topic<Ask>;
  readonly #answer: Topic<Answer>;
  readonly #answers = new Map<string, NodeAnswer>();
  /** By the random number of the question. */
  readonly #open = new Map<string, (answer: Answer, from: Sender) => void>();

  constructor({ bus, nodes, logger }: { bus: Bus; nodes: Others; logger: Pick<Logger, 'warn'> }) {
    this.#self = bus.self;
    this.#nodes = nodes;
    this.#logger = logger;
    this.#ask = bus.topic<Ask>(askTopic);
    this.#answer = bus.topic<Answer>(answerTopic);
  }

  /** From now on this node answers, and hears what it is answered. */
  join(answers: Iterable<NodeAnswer>): void {
    for (const answer of answers) this.#answers.set(answer.name, answer);
    this.#answer.subscribe((answer, from) => this.#open.get(answer.id)?.(answer, from));
    this.#ask.subscribe((ask, from) => this.#give(ask, from));
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
    return this.#asked(request, { body }, others, enough);
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
    const [answer] = await this.#asked(request, { body, to: boot }, [{ node, boot }], () => true, withinMs);
    return answer as z.output<A>;
  }

  async #asked<A extends z.ZodType>(
    request: RequestDefinition<z.ZodType, A>,
    asked: Pick<Ask, 'body' | 'to'>,
    others: readonly Sender[],
    enough: (answer: z.output<A>) => boolean,
    withinMs = ANSWER_WITHIN_MS,
  ): Promise<readonly z.output<A>[]> {
    const id = randomUUID();
    const waiting = new Map(others.map((other) => [other.boot, other.node]));
    const answers: z.output<A>[] = [];
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const late = setTimeout(() => reject(noAnswer([...waiting.values()])), withinMs);
    this.#open.set(id, ({ given }, from) => {
      if (!waiting.has(from.boot)) return;
      const read = given && request.answer.safeParse(given.body);
      if (!read?.success) return reject(noAnswer([from.node], read?.error));
      waiting.delete(from.boot);
      answers.push(read.data);
      if (waiting.size === 0 || enough(read.data)) resolve();
    });
    try {
      this.#ask.publish({ id, request: request.name, ...asked });
      await promise;
      return answers;
    } finally {
      clearTimeout(late);
      this.#open.delete(id);
    }
  }

  async #give({ id, request, body, to }: Ask, from: Sender): Promise<void> {
    if (to !== undefined && to !== this.#self.boot) return;
    try {
      const answer = this.#answers.get(request);
      if (!answer) throw new Error('this node does not know the request');
      this.#answer.publish({ id, given: { body: await answer.answer(body, from) } });
    } catch (err) {
      this.#logger.warn({ err, request, from: from.node }, 'a request of another node could not be answered');
      this.#answer.publish({ id });
    }
  }
}

const noAnswer = (nodes: readonly string[], cause?: unknown): DomainError =>
  new DomainError('store-unavailable', `no answer from ${nodes.join(', ')}; nothing was recorded`, {
    ...(cause !== undefined && { cause }),
    retryAfterSeconds: RETRY_SECONDS,
  });
