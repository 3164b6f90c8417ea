import { Store } from '../lib/Store.ts';
import { hearDate } from '../lib/serverClock.ts';
import { ApiError, toApiError } from './ApiError.ts';
import {
  type AccountsAnswer,
  accountListSchema,
  type Briefing,
  type BriefingAct,
  briefingListSchema,
  briefingSchema,
  installationSchema,
  issuedLinkSchema,
  type JoinAnswer,
  joinAnswerSchema,
  keptSessionsSchema,
  type Person,
  placeHeader,
  recordHeader,
  rosterSchema,
  type Session,
  savedListSchema,
  savedListsSchema,
  sessionHeader,
  sessionSchema,
  unitHitsSchema,
} from './contract.ts';
import { keepPlace, keptPlace } from './joinPlaces.ts';
import { checkReceipts } from './receiptHolds.ts';

/** Longer than the server takes when all come at once. */
const JOIN_MS = 10_000;

interface Request {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Sent as JSON; a file as it is, under its own type. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  /** What it names never changes: the browser may answer it. */
  readonly kept?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}
interface Parser<T> {
  parse(value: unknown): T;
}

/** Every request of the pages. `session` is the tab's own; the cookie that proves it is the browser's affair. */
export class Api {
  session: string | undefined;
  /** SV16: whether the server can record anything now, as it said last. */
  readonly record = new Store({ writable: true });

  /** One JSON request. @throws ApiError with the server's reason, `network` when it could not be reached, `internal` for a receipt that does not hold */
  async ask<T>(path: string, parser: Parser<T> | undefined, request: Request = {}): Promise<T> {
    const response = await this.#fetch(path, request);
    const body: unknown = response.status === 204 ? undefined : await response.json().catch(() => undefined);
    if (!response.ok) throw toApiError(body, `HTTP ${response.status}`);
    const answer = parser ? parser.parse(body) : (undefined as T);
    await checkReceipts(answer);
    return answer;
  }

  /** A file of the server, whole; an ordinary link can't be used, since the session stands in a header. */
  async file(path: string, request: Request = {}): Promise<Blob> {
    const response = await this.#fetch(path, request);
    if (!response.ok) throw toApiError(await response.json().catch(() => undefined), `HTTP ${response.status}`);
    return response.blob();
  }

  async #fetch(path: string, request: Request): Promise<Response> {
    const headers: Record<string, string> = { accept: 'application/json', ...request.headers };
    // FG200: that of the page, which may be another one than that of the browser.
    headers['accept-language'] = document.documentElement.lang || 'vi';
    if (this.session) headers[sessionHeader] = this.session;
    const { body } = request;
    if (body !== undefined) headers['content-type'] = body instanceof Blob ? body.type : 'application/json';
    try {
      const response = await fetch(path, {
        method: request.method ?? 'GET',
        headers,
        credentials: 'same-origin',
        cache: request.kept ? 'default' : 'no-store',
        ...(body !== undefined && { body: body instanceof Blob ? body : JSON.stringify(body) }),
        ...(request.signal && { signal: request.signal }),
      });
      // What the browser kept has the time at which it was fetched.
      if (!request.kept) hearDate(response.headers.get('date'));
      this.hearRecord(response.headers.get(recordHeader) === null);
      return response;
    } catch (error) {
      // Whoever asked does not want it any more; time that is up is for them to know.
      if (request.signal?.aborted && (error as Error).name === 'AbortError') throw error;
      throw new ApiError('network', String(error));
    }
  }

  hearRecord(writable: boolean): void {
    if (this.record.get().writable !== writable) this.record.set({ writable });
  }

  signInByLink(secret: string): Promise<Session> {
    return oneTabAtATime(() => this.ask('/api/session/link', sessionSchema, { method: 'POST', body: { secret } }));
  }
  /** LK7: unit and code of a slip, as they were typed. */
  signInByCode(unit: string, code: string): Promise<Session> {
    const body = { unit, code };
    return oneTabAtATime(() => this.ask('/api/session/code', sessionSchema, { method: 'POST', body }));
  }
  signInByPassword(login: string, password: string): Promise<Session> {
    const body = { login, password };
    return oneTabAtATime(() => this.ask('/api/session/password', sessionSchema, { method: 'POST', body }));
  }
  currentSession(): Promise<Session> {
    return this.ask('/api/session', sessionSchema);
  }
  /** LK6: by the cookies of this browser alone. */
  keptSessions() {
    return this.ask('/api/session/kept', keptSessionsSchema);
  }
  /** What is served here, signed in or not. */
  installation() {
    return this.ask('/api/installation', installationSchema);
  }
  /** @param kept `nothing`: the browser deletes all that this site keeps in it, of everybody */
  signOut(kept: 'everything' | 'nothing'): Promise<void> {
    return this.ask(`/api/session?kept=${kept}`, undefined, { method: 'DELETE' });
  }
  async briefings(): Promise<readonly Briefing[]> {
    return (await this.ask('/api/briefings', briefingListSchema)).briefings;
  }
  /** @param capacityReason PL30: why it is opened although the servers do not have the room */
  briefingAct(id: string, act: BriefingAct, epoch: number, capacityReason?: string): Promise<Briefing> {
    const body = { epoch, ...(capacityReason !== undefined && { capacityReason }) };
    return this.ask(`/api/briefings/${id}/${act}`, briefingSchema, { method: 'POST', body });
  }
  /**
   * @param person who sits here; left out: whoever the session knows
   * @param not addresses that answers have named, and at which nobody was reached, the last one last
   * @throws ApiError also `node-full` with a turn, which is kept
   */
  async join(id: string, person?: Person | null, not: readonly string[] = []): Promise<JoinAnswer> {
    const body = { person, not: not.length > 1 ? not : not[0] };
    // The connection that the browser has may be to a machine that is gone.
    const signal = AbortSignal.timeout(JOIN_MS);
    const place = keptPlace(id);
    const headers = place === undefined ? {} : { [placeHeader]: place };
    try {
      const answer = await this.ask(`/api/briefings/${id}/join`, joinAnswerSchema, {
        ...{ method: 'POST', body, signal, headers },
      });
      if (answer.place) keepPlace(id, answer.place);
      return answer;
    } catch (error) {
      if (error instanceof ApiError && error.turn) keepPlace(id, error.turn.kept);
      // A node of the version before takes one.
      if (error instanceof ApiError && error.reason === 'bad-request' && not.length > 1)
        return this.join(id, person, not.slice(-1));
      throw error;
    }
  }
  roster(root: string, signal?: AbortSignal) {
    return this.ask(`/api/roster?root=${encodeURIComponent(root)}`, rosterSchema, signal ? { signal } : {});
  }
  async searchUnits(q: string, signal: AbortSignal) {
    return (await this.ask(`/api/units/search?limit=12&q=${encodeURIComponent(q)}`, unitHitsSchema, { signal })).units;
  }
  /** Saved sets of units, of the own territory. */
  async lists() {
    return (await this.ask('/api/lists', savedListsSchema)).lists;
  }
  /** Makes a list, or takes the place of the one of that name. */
  saveList(name: string, units: readonly string[]) {
    return this.ask(`/api/lists/${encodeURIComponent(name)}`, savedListSchema, { method: 'PUT', body: { units } });
  }
  async accounts(unit: string): Promise<AccountsAnswer> {
    return (await this.ask(`/api/accounts?unit=${encodeURIComponent(unit)}`, accountListSchema)).accounts;
  }
  /** Out of everything, on all devices, until it is enabled again. */
  setDisabled(account: string, disabled: boolean): Promise<void> {
    const act = disabled ? 'disable' : 'enable';
    return this.ask(`/api/accounts/${account}/${act}`, undefined, { method: 'POST' });
  }
  issueLink(account: string) {
    return this.ask(`/api/accounts/${account}/links`, issuedLinkSchema, { method: 'POST', body: {} });
  }
}

/**
 * A browser's first sign-in brings the cookie that names the device. Tabs that sign in at the same moment would each be
 * given another, and a link would be bound to one that is gone. Without locks (not a secure origin) they take their
 * chance.
 */
const oneTabAtATime = <T>(work: () => Promise<T>): Promise<T> =>
  'locks' in navigator ? (navigator.locks.request('dh.sign-in', work) as Promise<T>) : work();
