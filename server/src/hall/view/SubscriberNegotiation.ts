import { DisconnectReason } from '@livekit/protocol';
import { type Patience, patience } from '../../lib/patience.ts';
import { SubscriberSections } from '../../media/sdp/index.ts';
import type { Pacer } from '../shared/Pacer.ts';
import type { Subscriber } from './Subscriber.ts';
import type { Subscription } from './Subscription.ts';

/** A client that has not answered an offer after this time, ms, is out of step with us. */
const ANSWER_TIMEOUT_MS = 15_000;
/** Changes of this time, ms, share one offer; the first offer does not wait. */
const GATHER_MS = 15;
/**
 * What is only to be closed waits so long, ms, for an offer to go along with: nobody misses it, and when all come back
 * from their stages at once, thousands of offers would stand before what they are to see.
 */
const CLOSE_MS = 4_000;

/** A track that the SFU could not give is asked for again, so often, each time after one more of this time, ms. */
const RETRIES = 5;
const RETRY_MS = 400;

/**
 * Negotiates what one participant receives: we offer, one offer at a time. Whatever it does runs in the participant's
 * mailbox; `add` and `remove` only note what is to be done.
 */
export class SubscriberNegotiation {
  readonly #viewer: Subscriber;
  readonly #pacer: Pacer;
  readonly #refused: (subscription: Subscription) => void;
  readonly #sections = new SubscriberSections();
  readonly #failures = new WeakMap<Subscription, number>();
  readonly #midOf = new Map<Subscription, string>();
  #fresh: Subscription[] = [];
  #offered: readonly Subscription[] = [];
  #offerId = 0;
  #iceRestart = false;
  /** The client understands repairs as they are offered, as far as is known. */
  #rtx = true;
  #started = false;
  #gathering: { readonly timer: NodeJS.Timeout; readonly due: number } | undefined;
  #waiting: Patience | undefined;

  constructor(viewer: Subscriber, pacer: Pacer, refused: (subscription: Subscription) => void) {
    this.#viewer = viewer;
    this.#pacer = pacer;
    this.#refused = refused;
  }

  /** From now on it offers; again, to see whether there is something new to offer. */
  start(): void {
    this.#started = true;
    this.#post(0);
  }

  add(subscription: Subscription): void {
    this.#fresh.push(subscription);
    if (this.#started) this.#post(GATHER_MS);
  }

  remove(subscription: Subscription): void {
    const mid = this.#midOf.get(subscription);
    this.#fresh = this.#fresh.filter((s) => s !== subscription);
    if (mid === undefined) return;
    this.#midOf.delete(subscription);
    this.#sections.close(mid);
    this.#post(CLOSE_MS);
  }

  /** The socket is gone: whether the client took the last offer is unknown, and none is sent until it is back. */
  suspend(): void {
    this.#waiting?.close();
    this.#sections.rollback();
    this.#offered = [];
  }

  /** Offers again with new ICE credentials; the sections stay what they are. */
  restart(): Promise<void> {
    this.suspend();
    this.#iceRestart = true;
    return this.#viewer.mailbox.post('restart of the subscriber connection', () => this.#sync());
  }

  /**
   * Takes the answer to the offer that is out. Clients number their answers, or always say 0; an old one is dropped.
   */
  answer(sdp: string, id: number): Promise<void> {
    return this.#viewer.mailbox.post('answer', async () => {
      const transport = this.#viewer.peer.subscriber;
      if (!transport || !this.#sections.isOutstanding || (id > 0 && id < this.#offerId)) return;
      const { dtls, rejectedMids, withoutRtx } = this.#sections.applyAnswer(sdp);
      this.#waiting?.close();
      await transport.connect(dtls);
      const offered = this.#offered;
      this.#offered = [];
      for (const subscription of offered) {
        if (subscription.closed) continue;
        const mid = this.#midOf.get(subscription) ?? '';
        if (rejectedMids.has(mid)) this.#refused(subscription);
        else if (withoutRtx.has(mid)) this.#offerWithoutRtx(subscription, mid);
        else subscription.accept();
      }
      await this.#sync();
    });
  }

  #offerWithoutRtx(subscription: Subscription, mid: string): void {
    this.#rtx = false;
    this.#midOf.delete(subscription);
    this.#sections.close(mid);
    subscription.media?.close();
    this.#fresh.push(subscription);
  }

  close(): void {
    clearTimeout(this.#gathering?.timer);
    this.#waiting?.close();
    this.#fresh = [];
  }

  #post(delay: number): void {
    const due = performance.now() + delay;
    if (this.#gathering && this.#gathering.due <= due) return;
    clearTimeout(this.#gathering?.timer);
    const run = () => {
      this.#gathering = undefined;
      this.#pacer.add(() => this.#viewer.mailbox.post('offer', () => this.#sync()));
    };
    this.#gathering = { timer: setTimeout(run, delay), due };
  }

  async #sync(): Promise<void> {
    const transport = this.#viewer.peer.subscriber;
    if (!transport || !this.#started || this.#viewer.left) return;
    const fresh = this.#fresh;
    this.#fresh = [];
    await Promise.all(fresh.map((subscription) => this.#open(subscription)));
    const { outlet } = this.#viewer;
    if (!outlet || this.#viewer.left || this.#sections.isOutstanding) return;
    if (this.#iceRestart) {
      await transport.restartIce();
      this.#iceRestart = false;
    } else if (!this.#sections.changed) return;
    if (this.#viewer.outlet !== outlet) return;
    const { sdp, midToTrackId } = this.#sections.buildOffer(transport.describe());
    this.#offered = [...this.#midOf.keys()].filter((s) => !s.accepted);
    outlet.offer(sdp, ++this.#offerId, midToTrackId);
    this.#waiting = patience(ANSWER_TIMEOUT_MS, () => this.#unanswered());
  }

  async #open(subscription: Subscription): Promise<void> {
    const { publication } = subscription;
    if (subscription.closed || publication.closed) return;
    try {
      const media = await this.#viewer.peer.subscribe(publication.media, { rtx: this.#rtx });
      if (subscription.closed || publication.closed) return media.close();
      const mid = this.#sections.open({
        kind: publication.media.kind,
        rtpParameters: media.rtpParameters,
        participantSid: publication.publisher.sid,
        trackSid: publication.sid,
      });
      this.#midOf.set(subscription, mid);
      subscription.opened(media);
    } catch (error) {
      if (!publication.closed && !subscription.closed && !this.#viewer.left) this.#retry(subscription, error);
    }
  }

  #retry(subscription: Subscription, error: unknown): void {
    const failures = (this.#failures.get(subscription) ?? 0) + 1;
    this.#failures.set(subscription, failures);
    this.#viewer.log.warn({ track: subscription.publication.sid, failures, err: error }, 'no subscription');
    const again = (delay: number) => {
      if (subscription.closed) return;
      this.#fresh.push(subscription);
      this.#post(delay);
    };
    if (failures <= RETRIES) again(RETRY_MS * failures);
    // Of another node, which could not be asked until now.
    else subscription.publication.media.once('available', () => again(0));
  }

  #unanswered(): void {
    this.#viewer.log.info('offer unanswered');
    this.#viewer.leave(DisconnectReason.STATE_MISMATCH, 'reconnect');
  }
}
