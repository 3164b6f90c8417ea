const ANSWER_MS = 1_500;

/** Asks without a cache. @throws TypeError when nobody is there, and another error when the time ran out */
export const askNode = (url: string): Promise<Response> =>
  fetch(url, { cache: 'no-store', signal: AbortSignal.timeout(ANSWER_MS) });

/** Whether a site says at this moment that it is ready. */
export const isReady = (origin: string): Promise<boolean> =>
  askNode(`${origin}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );
