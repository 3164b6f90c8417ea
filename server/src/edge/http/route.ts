import type { IncomingHttpHeaders } from 'node:http';
import type { z } from 'zod';
import type { Caller } from '../../domain/organisation/Sessions.ts';

/** What a handler gets: everything parsed, nothing of express. */
export interface Asked<P, Q, B, C> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly caller: C;
  readonly headers: IncomingHttpHeaders;
  /** Address of the caller, behind a trusted proxy the forwarded one. */
  readonly address: string;
  readonly cookies: Cookies;
}

/** The two cookies that sessions need; set for this answer only. */
export interface Cookies {
  get(name: string): string | undefined;
  names(): readonly string[];
  /** HttpOnly, SameSite=Strict, Path=/, Secure under TLS. */
  set(name: string, value: string, expires: Date): void;
  clear(name: string): void;
}

/** One HTTP route: its schemas are the contract, the parser and the OpenAPI text at once. */
export interface Route {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** OpenAPI style: `/api/accounts/{id}/links`. */
  readonly path: string;
  readonly summary: string;
  readonly access: 'public' | 'session';
  readonly params: z.ZodType | undefined;
  readonly query: z.ZodType | undefined;
  readonly body: z.ZodType | undefined;
  /** undefined: 204 without a body. */
  readonly answer: z.ZodType | undefined;
  readonly handle: (asked: Asked<never, never, never, never>) => unknown;
}

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;

interface Definition<A extends 'public' | 'session', P, Q, B, R> {
  readonly method: Route['method'];
  readonly path: string;
  readonly summary: string;
  readonly access: A;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly answer?: R;
  readonly handle: (
    asked: Asked<Parsed<P>, Parsed<Q>, Parsed<B>, A extends 'session' ? Caller : undefined>,
  ) => Promise<R extends z.ZodType ? z.input<R> : void> | (R extends z.ZodType ? z.input<R> : void);
}

/** Ties the handler's types to the schemas. */
export function route<
  A extends 'public' | 'session',
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
  R extends z.ZodType | undefined = undefined,
>(definition: Definition<A, P, Q, B, R>): Route {
  const { params, query, body, answer, ...rest } = definition;
  return { ...rest, params, query, body, answer, handle: definition.handle as Route['handle'] };
}
