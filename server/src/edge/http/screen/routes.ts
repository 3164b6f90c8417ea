import { z } from 'zod';
import type { Sessions } from '../../../domain/organisation/Sessions.ts';
import { deviceId } from '../../../domain/organisation/secrets.ts';
import type { Here, ScreenProof, Screens } from '../../../domain/screen/Screens.ts';
import { allowedActs } from '../../../domain/shared/rights.ts';
import { refuse } from '../../../protocol/errors.ts';
import { LONGEST_PAIRED_HOURS } from '../../../protocol/limits.ts';
import {
  changeScreenSchema,
  pairScreenSchema,
  type ScreenHere,
  screenCookie,
  screenHereSchema,
  screenListSchema,
  screenSchema,
} from '../../../protocol/screen.ts';
import { sessionCookie } from '../../../protocol/session.ts';
import { uuidSchema } from '../../../protocol/uuid.ts';
import { sessionProofs } from '../organisation/sessionRoutes.ts';
import { type Cookies, type Route, route } from '../route.ts';

/** Longer than a screen is paired: the server says when it is over. */
const COOKIE_MS = 2 * LONGEST_PAIRED_HOURS * 3_600_000;
const session = 'session';

/** Screens: what they are told themselves, and what officials do with them. */
export const screenRoutes = (screens: Screens, sessions: Sessions): Route[] => [
  route({
    method: 'post',
    path: '/api/screens/here',
    summary: 'A screen asks what it is: a code to show, or the session by which it sees a stage.',
    access: 'public',
    answer: screenHereSchema,
    handle: async ({ cookies, address }): Promise<ScreenHere> => {
      const here = await screens.here(proofIn(cookies), address);
      if (here.state === 'paired') {
        const account = await sessions.place(here.account);
        const id = await sessionFor(sessions, here, cookies);
        const session = { session: id, account, person: null, acts: allowedActs(account) };
        return { state: 'paired', session, layout: here.layout };
      }
      if (here.fresh) cookies.set(screenCookie, write(here.fresh), new Date(Date.now() + COOKIE_MS));
      return { state: 'waiting', code: here.pending.code, until: here.pending.until.toISOString() };
    },
  }),
  route({
    method: 'post',
    path: '/api/screens',
    summary: 'Pair the screen that shows this code, under a name, for some hours.',
    access: session,
    body: pairScreenSchema,
    answer: screenSchema,
    handle: ({ caller, body }) => screens.pair(caller.account, body),
  }),
  route({
    method: 'get',
    path: '/api/screens',
    summary: "Screens of the caller's unit that are paired now.",
    access: session,
    answer: screenListSchema,
    handle: async ({ caller }) => ({ screens: await screens.list(caller.account) }),
  }),
  route({
    method: 'put',
    path: '/api/screens/{id}/layout',
    summary: 'Choose how a screen puts figures side by side; it follows within seconds.',
    access: session,
    params: z.object({ id: uuidSchema }),
    body: changeScreenSchema,
    handle: ({ caller, params: { id }, body }) => screens.change(caller.account, id, body.layout),
  }),
  route({
    method: 'delete',
    path: '/api/screens/{id}',
    summary: 'Withdraw a screen: it shows a code again.',
    access: session,
    params: z.object({ id: uuidSchema }),
    handle: ({ caller, params: { id } }) => screens.revoke(caller.account, id),
  }),
];

const write = ({ id, secret }: ScreenProof): string => `${id}.${secret}`;

function proofIn(cookies: Cookies): ScreenProof | undefined {
  const [, id, secret] = /^([0-9a-f-]{36})\.([\w-]{43})$/.exec(cookies.get(screenCookie) ?? '') ?? [];
  return id && secret && uuidSchema.safeParse(id).success ? { id, secret } : undefined;
}

/** The one that its browser has, as long as it is good; the device is the same all day, and so is the identity. */
async function sessionFor(
  sessions: Sessions,
  { account, proof }: Here & { readonly state: 'paired' },
  cookies: Cookies,
): Promise<string> {
  const good = await sessions.recognise(sessionProofs(cookies));
  const known = good.find((one) => one.account.id === account.id);
  if (known) return known.id;
  const made = await sessions.open(account, deviceId(proof.secret), { link: null });
  if (!made) throw refuse('internal', 'no session of this screen was to be kept');
  cookies.set(sessionCookie(made.id), made.secret, made.expires);
  return made.id;
}
