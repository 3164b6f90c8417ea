import { inTurn } from '../shared/inTurn.ts';
import type { Publication } from './Publication.ts';

/** On air or off, at all who are subscribed: no offer, only pause and resume. Resolves when the SFU has them all. */
export async function cutViewers(publications: readonly Publication[]): Promise<void> {
  const work: Promise<void>[] = [];
  for (const publication of publications) {
    await inTurn(
      publication.subscriptions,
      (subscription) => work.push(subscription.followPlace()),
      () => publication.closed,
    );
  }
  await Promise.all(work);
}
