const ANSWER_MS = 1_500;

/**
 * PL10: whether a node is of use to those who are there: ready, or emptied in its own time. One of a version before lets
 * only its own site read `/readyz`; its signalling answers everybody, so it is there if that does.
 * @param url as `/join` has named it
 */
export async function isThere(url: string): Promise<boolean> {
  const node = url.replace(/^ws/, 'http').replace(/\/$/, '');
  try {
    const answer = await ask(`${node}/readyz`);
    return answer.ok || isDraining(await answer.json().catch(() => undefined));
  } catch (error) {
    // What is not a `TypeError` is time that ran out.
    if (!(error instanceof TypeError)) return false;
    return ask(`${node}/rtc`).then(
      () => true,
      () => false,
    );
  }
}

/** Whether a site says at this moment that it is ready. */
export const isReady = (origin: string): Promise<boolean> =>
  ask(`${origin}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );

const ask = (url: string): Promise<Response> =>
  fetch(url, { cache: 'no-store', signal: AbortSignal.timeout(ANSWER_MS) });

const isDraining = (said: unknown): boolean =>
  typeof said === 'object' && said !== null && 'draining' in said && said.draining === true;
