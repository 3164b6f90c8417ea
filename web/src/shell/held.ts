/** Addresses that are no view of the page, and the screen of a hall, which shows nothing of ours beside its stage. */
const NO_VIEW = /^\/(api|rtc|twirp|metrics|socket\.io|healthz|readyz|programme|wall)(\/|$)|\.[a-z0-9]+$/i;

/**
 * What the worker has to do with a request: `view`, it is asked for the page; `file`, for what the page without a line is
 * made of; `nothing`, all else, which goes its way as if there was no worker (SW2). Only the path is looked at: what
 * stands behind it may be a secret.
 * @param files paths of what is held
 */
export function heldOf(
  { method, mode, url }: Pick<Request, 'method' | 'mode' | 'url'>,
  origin: string,
  files: ReadonlySet<string>,
): 'view' | 'file' | 'nothing' {
  const asked = new URL(url);
  if (method !== 'GET' || asked.origin !== origin) return 'nothing';
  if (mode === 'navigate') return NO_VIEW.test(asked.pathname) ? 'nothing' : 'view';
  return asked.search === '' && files.has(asked.pathname) ? 'file' : 'nothing';
}

/** Whether it is the file that was asked for, whole, and not what something on the way says in its place. */
export const mayBeKept = (
  answer: Pick<Response, 'status' | 'type' | 'redirected' | 'headers'>,
  isPage = false,
): boolean =>
  answer.status === 200 &&
  answer.type === 'basic' &&
  !answer.redirected &&
  /^text\/html/.test(answer.headers.get('content-type') ?? '') === isPage;
