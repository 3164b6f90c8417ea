import type { z } from 'zod';
import type { Sender } from './envelope.ts';

/** What a topic carries, and how it is read. The name is that of the Redis channel, behind the bus's prefix. */
export interface TopicDefinition<S extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly schema: S;
}

/** One kind of message between nodes. Each is a hint: it may be lost, come late, twice and in any order. */
export interface Topic<M> {
  /** To all other nodes. Never waits for Redis; while it is away the message is dropped. */
  publish(message: M): void;
  /** Messages of other nodes, never of this one. */
  subscribe(hear: (message: M, from: Sender) => void | Promise<void>): void;
}

/** Messages to one node, on a channel that no other node reads. Each may be lost, come late, twice and in any order. */
export interface Inbox<M> {
  /** Never waits for Redis; while it is away the message is dropped. */
  send(to: Pick<Sender, 'boot'>, message: M): void;
  /** What other nodes send to this one. */
  receive(hear: (message: M, from: Sender) => void | Promise<void>): void;
}

/** A topic of a slice, and the two ends that the slice has for it: what it hears, and what it has to tell. */
export interface NodeTopic {
  readonly name: string;
  readonly join: (topicOf: <M>(definition: TopicDefinition<z.ZodType<M>>) => Topic<M>) => void;
}

/** Ties both ends to the schema. @param tell hands the publisher to whatever event of the slice it follows */
export function nodeTopic<S extends z.ZodType>(
  definition: TopicDefinition<S>,
  ends: {
    readonly tell: (publish: (message: z.output<S>) => void) => void;
    readonly hear: (message: z.output<S>, from: Sender) => void | Promise<void>;
  },
): NodeTopic {
  return {
    name: definition.name,
    join: (topicOf) => {
      const topic = topicOf<z.output<S>>(definition as TopicDefinition<z.ZodType<z.output<S>>>);
      topic.subscribe(ends.hear);
      ends.tell((message) => topic.publish(message));
    },
  };
}
