import { type EventEmitter, once } from 'node:events';
import { PATIENCE_MS, within } from './until.ts';

type EventMap<E> = E extends EventEmitter<infer Map> ? Map : never;
type Arguments<E, Name> = Name extends keyof EventMap<E>
  ? EventMap<E>[Name] extends readonly unknown[]
    ? EventMap<E>[Name]
    : // biome-ignore lint/suspicious/noExplicitAny: Node's own emitters do not say what they emit.
      any[]
  : // biome-ignore lint/suspicious/noExplicitAny: as above
    any[];

/**
 * The next event of that name, as `once` of node:events, but with a limit: a test that waits for what does not come says so.
 * @returns the arguments of the event
 * @throws Error that names emitter and event after `ms` milliseconds, or what the emitter reports as `error`
 */
export function happens<E extends EventEmitter, Name extends string>(
  emitter: E,
  name: Name,
  ms = PATIENCE_MS,
): Promise<Arguments<E, Name>> {
  const fact = `event ${name} of a ${emitter.constructor.name}`;
  return within(fact, once(emitter, name) as Promise<Arguments<E, Name>>, ms);
}
