import type { IncomingHttpHeaders } from 'node:http';
import type { z } from 'zod';
import type { Caller } from '../../domain/organisation/Sessions.ts';
import type { Act } from '../../domain/shared/rightsTable.ts';
import type { Reason } from '../../protocol/errors.ts';

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

/** The two cookies that sessions need, and what else a browser keeps; set for this answer only. */
export interface Cookies {
  get(name: string): string | undefined;
  names(): readonly string[];
  /**
   * What an earlier version set under TLS, by a name that neighbours under the same domain can set too: believed only
   * where it proves something that is known already.
   */
  earlier(name: string): string | undefined;
  /** HttpOnly, SameSite=Strict, Path=/; under TLS also Secure, with the prefix `__Host-`. */
  set(name: string, value: string, expires: Date): void;
  clear(name: string): void;
  clearEarlier(name: string): void;
  /**
   * The browser deletes all that this site keeps in it, of everybody who uses it, pictures of slides in its cache as well;
   * cookies stay, since the one that names the device is what links are bound to.
   */
  clearSite(): void;
}

/**
 * Bytes instead of JSON: a file to keep. A failure before the first piece is answered as any other; after it, the
 * connection breaks.
 */
export class FileAnswer {
  readonly name: string;
  /** Content type. */
  readonly type: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** How many, if that is known. */
  readonly size: number | undefined;
  /** Its address names its bytes: a browser keeps it, and shows it instead of saving it. */
  readonly keep: boolean;
  /** How its bytes are packed already. */
  readonly encoding: 'br' | 'gzip' | undefined;
  /** Names its bytes: whoever has these is answered 304. Its kind depends on `Accept`. */
  readonly etag: string | undefined;

  constructor(
    file: Pick<FileAnswer, 'name' | 'type' | 'bytes'> &
      Partial<Pick<FileAnswer, 'size' | 'keep' | 'encoding' | 'etag'>>,
  ) {
    this.name = file.name;
    this.type = file.type;
    this.bytes = file.bytes;
    this.size = file.size;
    this.keep = file.keep ?? false;
    this.encoding = file.encoding;
    this.etag = file.etag;
  }
}

/** A body that is a file. Reading breaks off with `bad-request` when the sender does. */
export interface Uploaded {
  /** One of the route's content types. */
  readonly type: string;
  readonly bytes: AsyncIterable<Buffer>;
  /** Counts what was unpacked of it, until the request is answered. @throws DomainError `rate-limited`, `node-full` */
  readonly hold: (bytes: number) => void;
}

/** What a file has in it, for the OpenAPI text alone: JSON of a schema, lines of JSON of a schema, or other text in words. (FG202) */
export type FileForm = { readonly json: z.ZodType } | { readonly line: z.ZodType } | { readonly text: string };

/** What the OpenAPI text says of a route that no parser needs. (FG202) */
export interface Told {
  /** By content type, of the file that it takes. */
  readonly uploads?: Readonly<Record<string, FileForm>>;
  /** By content type, of the file that it answers. */
  readonly files?: Readonly<Record<string, FileForm>>;
  /** Why it may refuse, beside what any route may (`default`). */
  readonly refuses?: readonly Reason[];
  /** Its answers have an `ETag`, and are 304 where nothing moved. */
  readonly revalidates?: true;
}

/** One HTTP route: its schemas are the contract, the parser and the OpenAPI text at once. */
export interface Route {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** OpenAPI style: `/api/accounts/{id}/links`. */
  readonly path: string;
  readonly summary: string;
  /** key: a program that proves itself by a bearer key of its own kind. */
  readonly access: 'public' | 'session' | 'key';
  /** Of access `key`: whose key it is, from an address. @throws DomainError `unauthenticated`, `rate-limited` */
  readonly keyOf: ((key: string | undefined, address: string) => Promise<unknown>) | undefined;
  /** SN4: asked by screens as well. */
  readonly screens: boolean;
  /**
   * HT14: acts of which the caller's role must be allowed one somewhere, before anything of the body is read. Where, the
   * handler decides. Without it a body has 16 kB, and is no file.
   */
  readonly right: readonly Act[] | undefined;
  /** Whether its handler unpacks a body, by its `content-encoding`; others refuse one (415). */
  readonly inflates: boolean;
  readonly params: z.ZodType | undefined;
  readonly query: z.ZodType | undefined;
  readonly body: z.ZodType | undefined;
  /** Content types of the file that it takes as its body. */
  readonly uploads: readonly string[] | undefined;
  /** undefined: 204 without a body, or a file. */
  readonly answer: z.ZodType | undefined;
  /** Content types of the file that it answers. */
  readonly files: readonly string[] | undefined;
  readonly told: Told | undefined;
  readonly handle: (asked: Asked<never, never, never, never>) => unknown;
}

type Answer<R, F> = F extends readonly string[] ? FileAnswer : R extends z.ZodType ? z.input<R> : undefined;
type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;
type Body<B, U> = U extends readonly string[] ? Uploaded : Parsed<B>;

interface Definition<A extends Route['access'], P, Q, B, R, F, U, K> {
  readonly method: Route['method'];
  readonly path: string;
  readonly summary: string;
  readonly access: A;
  readonly keyOf?: (key: string | undefined, address: string) => Promise<K>;
  readonly screens?: true;
  readonly right?: readonly Act[];
  readonly inflates?: true;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly uploads?: U;
  readonly answer?: R;
  readonly files?: F;
  readonly told?: Told;
  readonly handle: (
    asked: Asked<Parsed<P>, Parsed<Q>, Body<B, U>, A extends 'session' ? Caller : K>,
  ) => Promise<Answer<R, F>> | Answer<R, F> | (undefined extends Answer<R, F> ? void | Promise<void> : never);
}

/** Ties the handler's types to the schemas. */
export function route<
  A extends Route['access'],
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
  R extends z.ZodType | undefined = undefined,
  F extends readonly string[] | undefined = undefined,
  U extends readonly string[] | undefined = undefined,
  K = undefined,
>(definition: Definition<A, P, Q, B, R, F, U, K>): Route {
  const { params, query, body, uploads, answer, files, right, keyOf, told, ...rest } = definition;
  return {
    ...rest,
    screens: definition.screens ?? false,
    inflates: definition.inflates ?? false,
    right,
    keyOf,
    params,
    query,
    body,
    uploads,
    answer,
    files,
    told,
    handle: definition.handle as Route['handle'],
  };
}
