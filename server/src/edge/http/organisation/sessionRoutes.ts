import type { z } from 'zod';
import type { CodeSignIn } from '../../../domain/organisation/CodeSignIn.ts';
import { KNOWN_DEVICE_DAYS } from '../../../domain/organisation/limits.ts';
import type { StoredSession } from '../../../domain/organisation/ports.ts';
import type { SessionProof, Sessions } from '../../../domain/organisation/Sessions.ts';
import type { SignedIn, SignIn } from '../../../domain/organisation/SignIn.ts';
import { deviceId, newSecret } from '../../../domain/organisation/secrets.ts';
import { allowedActs } from '../../../domain/shared/rights.ts';
import { refuse } from '../../../protocol/errors.ts';
import type { Restore } from '../../../protocol/resubmission.ts';
import {
  codeSignInSchema,
  deviceCookie,
  keptSessionsSchema,
  linkSignInSchema,
  passwordSignInSchema,
  type Session,
  sessionCookie,
  sessionSchema,
  signOutQuerySchema,
} from '../../../protocol/session.ts';
import { bearerToken } from '../../sessionProof.ts';
import { type Cookies, type Route, route } from '../route.ts';

/** As long as browsers let a cookie live. */
const DEVICE_LIFE_MS = KNOWN_DEVICE_DAYS * 24 * 3600 * 1000;
/** A request's headers have 32 KiB, a session's cookie takes 100 bytes. */
const MANY_SESSIONS = 16;
const deviceForm = /^[A-Za-z0-9_-]{43}$/;
const prefix = sessionCookie('');

/**
 * Signing in, who am I, signing out.
 * @param restored the last restore: it is made while no server runs, so it stays what it was at the start
 */
export function sessionRoutes(
  signIn: SignIn,
  codes: CodeSignIn,
  sessions: Sessions,
  restored: Restore | undefined,
): Route[] {
  const ofRestore = restored && { restored };
  return [
    route({
      method: 'post',
      path: '/api/session/link',
      summary: 'Exchange the secret of a personal link for a session; the first device keeps the link.',
      access: 'public',
      body: linkSignInSchema,
      answer: sessionSchema,
      handle: async ({ body, cookies, address }) => {
        const [device, earlier] = [deviceOf(body, cookies), earlierDevice(body, cookies)];
        const signed = await signIn.byLink(body.secret, device.id, address, earlier?.id);
        const chosen = signed.device === earlier?.id ? (earlier ?? device) : device;
        return open(signed, chosen, { transport: body.transport, cookies, address });
      },
    }),
    route({
      method: 'post',
      path: '/api/session/code',
      summary: 'Exchange unit and code of a slip for a session; the first device keeps the code.',
      access: 'public',
      body: codeSignInSchema,
      answer: sessionSchema,
      handle: async ({ body, cookies, address }) => {
        const signed = await codes.byCode(body.unit, body.code, address);
        return open(signed, deviceOf(body, cookies), { transport: body.transport, cookies, address });
      },
    }),
    route({
      method: 'post',
      path: '/api/session/password',
      summary: 'Sign in with login and password.',
      access: 'public',
      body: passwordSignInSchema,
      answer: sessionSchema,
      handle: async ({ body, cookies, address }) => {
        const device = deviceOf(body, cookies);
        // A program names its device itself, which proves nothing.
        const origin = { address, device: body.transport === 'cookie' ? device.id : undefined };
        const signed = await signIn.byPassword(body.login, body.password, origin);
        return open(signed, device, { transport: body.transport, cookies, address });
      },
    }),
    route({
      method: 'get',
      path: '/api/session',
      summary: 'Who the caller is and what they may do at all.',
      access: 'session',
      screens: true,
      answer: sessionSchema,
      handle: ({ caller: { session, account, person } }) => ({
        session,
        account,
        person,
        acts: allowedActs(account),
        ...ofRestore,
      }),
    }),
    route({
      method: 'get',
      path: '/api/session/kept',
      summary: 'Whose sessions this browser holds that the root address may open.',
      access: 'public',
      answer: keptSessionsSchema,
      handle: ({ cookies, address }) => signIn.keptBy(sessionProofs(cookies), address),
    }),
    route({
      method: 'delete',
      path: '/api/session',
      summary: 'Sign out; with `kept=nothing` the browser deletes all that this site keeps in it, of everybody.',
      access: 'session',
      query: signOutQuerySchema,
      handle: async ({ caller, cookies, query }) => {
        await sessions.end(caller);
        if (query.kept === 'nothing') cookies.clearSite();
        cookies.clear(sessionCookie(caller.session));
      },
    }),
  ];

  /** LK4, LK8: what may fail comes first; the session is opened, and the link or code spent, in the last step. */
  async function open(signed: SignedIn, device: Device, { transport, cookies, address }: Asking): Promise<Session> {
    const account = await sessions.place(signed.account);
    const answer = { account, acts: allowedActs(account), ...ofRestore };
    if (transport === 'bearer') {
      const made = await signIn.enter(signed, device.id, { address });
      if (!made) throw refuse('internal', 'a program keeps no session');
      return { ...answer, session: made.id, person: null, token: bearerToken(made) };
    }
    const known = await reusable(account.id, device.id, cookies);
    // Before the commit: when its outcome is not known, the browser that asks again is the device to which the link is bound.
    cookies.set(deviceCookie, device.secret, new Date(Date.now() + DEVICE_LIFE_MS));
    if (cookies.earlier(deviceCookie) !== undefined) cookies.clearEarlier(deviceCookie);
    const made = await signIn.enter(signed, device.id, {
      kept: known?.id,
      // A slip of paper makes no device known.
      remember: signed.code === undefined,
      address,
    });
    if (made) cookies.set(sessionCookie(made.id), made.secret, made.expires);
    return { ...answer, session: (made ?? known)?.id ?? '', person: made ? null : (known?.person ?? null) };
  }

  /**
   * The browser's own session of this account, if it has one; when its cookies become many, those that are over are
   * cleared.
   */
  async function reusable(account: string, device: string, cookies: Cookies): Promise<StoredSession | undefined> {
    const proofs = sessionProofs(cookies);
    const good = await sessions.recognise(proofs);
    const over = proofs.length < MANY_SESSIONS ? [] : proofs.filter(({ id }) => !good.some((s) => s.id === id));
    for (const { id } of over) cookies.clear(sessionCookie(id));
    return good.find((session) => session.account.id === account && session.device === device);
  }
}

type Transport = z.output<typeof linkSignInSchema>['transport'];

interface Asking {
  readonly transport: Transport;
  readonly cookies: Cookies;
  readonly address: string;
}

interface Device {
  readonly id: string;
  readonly secret: string;
}

/** A browser's device is its cookie; a program names its own, or is a new one each time. */
function deviceOf(body: { transport: Transport; device?: string | undefined }, cookies: Cookies): Device {
  if (body.transport === 'bearer') {
    const secret = body.device === undefined ? newSecret() : `program:${body.device}`;
    return { id: deviceId(secret), secret };
  }
  const kept = cookies.get(deviceCookie);
  const secret = kept !== undefined && deviceForm.test(kept) ? kept : newSecret();
  return { id: deviceId(secret), secret };
}

/** Of a browser that an earlier version knew, as long as it has not been named anew. */
function earlierDevice(body: { transport: Transport }, cookies: Cookies): Device | undefined {
  const kept = cookies.earlier(deviceCookie);
  if (body.transport === 'bearer' || cookies.get(deviceCookie) !== undefined) return undefined;
  return kept !== undefined && deviceForm.test(kept) ? { id: deviceId(kept), secret: kept } : undefined;
}

/** Of everybody in this browser. */
export const sessionProofs = (cookies: Pick<Cookies, 'get' | 'names'>): SessionProof[] =>
  cookies.names().flatMap((name) => {
    const secret = cookies.get(name);
    return name.startsWith(prefix) && secret ? [{ id: name.slice(prefix.length), secret }] : [];
  });
