import { askNode } from '../lib/isReady.ts';

/**
 * What a node is worth to those who are there. `unfit`: it answers and is not ready, as where media of the stage does not
 * reach it; one that only drains is of use. (PL10, PL26)
 */
export type NodeWorth = 'of-use' | 'unfit' | 'silent';

/**
 * Asks a node of media. One of the version before lets only its own site read `/readyz`; its signalling answers everybody, so
 * it is of use if that does. (PL10)
 * @param url as `/join` has named it
 */
export async function worthOf(url: string): Promise<NodeWorth> {
  const node = url.replace(/^ws/, 'http').replace(/\/$/, '');
  try {
    const answer = await askNode(`${node}/readyz`);
    if (answer.ok) return 'of-use';
    return isDraining(await answer.json().catch(() => undefined)) ? 'of-use' : 'unfit';
  } catch (error) {
    // What is not a `TypeError` is time that ran out.
    if (!(error instanceof TypeError)) return 'silent';
    return askNode(`${node}/rtc`).then(
      () => 'of-use',
      () => 'silent',
    );
  }
}

const isDraining = (said: unknown): boolean =>
  typeof said === 'object' && said !== null && 'draining' in said && said.draining === true;
