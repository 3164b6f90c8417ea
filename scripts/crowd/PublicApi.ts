import { setTimeout as wait } from 'node:timers/promises';
import type { z } from 'zod';
import { placeHeader } from '../../server/src/protocol/briefing.ts';
import { problemSchema } from '../../server/src/protocol/errors.ts';

/** An answer that has not come by then is given up, ms. */
const ANSWER_MS = 15_000;

/** A refusal of the server, with its reason. */
export class Refused extends Error {
  readonly reason: string;
  constructor(path: string, status: number, reason: string) {
    super(`${path}: HTTP ${status} ${reason}`);
    this.reason = reason;
  }
}

/** The API of the public port, as one signed-in person; answers are parsed by their schemas. */
export class PublicApi {
  readonly url: string;
  readonly #signal: AbortSignal;
  token: string | undefined;
  /** Place in the queue, sent along until the unit is let in [PL17]. */
  #place: string | undefined;

  /** @param url http:// address of the server @param signal ends all that is asked */
  constructor(url: string, signal: AbortSignal) {
    this.url = url;
    this.#signal = signal;
  }

  get<T extends z.ZodType>(path: string, answer: T): Promise<z.output<T>> {
    return this.#ask('GET', path, undefined, answer);
  }

  /** A page that is told to wait comes again when it is its turn, and so does this. @throws Refused */
  async post<T extends z.ZodType>(path: string, body: unknown, answer: T): Promise<z.output<T>> {
    return this.#ask('POST', path, body, answer);
  }

  async #ask<T extends z.ZodType>(method: string, path: string, body: unknown, answer: T): Promise<z.output<T>> {
    for (;;) {
      const response = await fetch(new URL(path, this.url), {
        method,
        headers: {
          'content-type': 'application/json',
          ...(this.token && { authorization: `Bearer ${this.token}` }),
          ...(this.#place && { [placeHeader]: this.#place }),
        },
        signal: AbortSignal.any([this.#signal, AbortSignal.timeout(ANSWER_MS)]),
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const said: unknown = await response.json();
      if (response.ok) return answer.parse(said);
      const { data } = problemSchema.safeParse(said);
      if (!data?.error.place) throw new Refused(path, response.status, data?.error.reason ?? 'unknown');
      this.#place = data.error.place.kept;
      await wait(1_000 * (data.error.retryAfterSeconds ?? 1), undefined, { signal: this.#signal });
    }
  }
}
