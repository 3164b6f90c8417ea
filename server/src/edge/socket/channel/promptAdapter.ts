import { createAdapter } from '@socket.io/redis-streams-adapter';
import type { Redis } from 'ioredis';
import type { Adapter } from 'socket.io-adapter';

type Namespace = ConstructorParameters<typeof Adapter>[0];
type AdapterConstructor = (nsp: Namespace) => Adapter;
interface Publisher {
  doPublish(message: unknown): Promise<string>;
}

/** How long the reader may be unaware that the adapter was closed. */
const BLOCK_MS = 1_000;

/**
 * The bus between the socket servers of all nodes. It never waits for Redis: devices of this node hear at once, and while Redis
 * is away nothing queues up for other nodes, whose sweep finds what they missed.
 * @param client for this alone; it may retry for ever. Closed by `close`.
 */
export function createPromptAdapter(client: Redis): { adapter: AdapterConstructor; close: () => void } {
  const readers: Redis[] = [];
  const duplicate = client.duplicate.bind(client);
  client.duplicate = (override) => {
    const reader = duplicate(override);
    readers.push(reader);
    return reader;
  };
  const make = createAdapter(client, {
    streamName: 'dh:channel',
    channelPrefix: 'dh:channel',
    blockTimeInMs: BLOCK_MS,
  });
  // socket.io calls it with `new`, which an arrow function does not take.
  function adapter(nsp: Namespace): Adapter {
    const made = make(nsp);
    const publisher = made as unknown as Publisher;
    const publish = publisher.doPublish.bind(publisher);
    publisher.doPublish = async (message) => {
      if (client.status === 'ready') publish(message).catch(() => undefined);
      return '';
    };
    return made;
  }
  const close = () => {
    for (const connection of [client, ...readers]) connection.disconnect();
  };
  return { adapter, close };
}
