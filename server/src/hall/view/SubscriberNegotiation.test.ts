import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { StandInSfu, StandInTrack } from '../../../test/support/StandInSfu.ts';
import type { Publication } from '../publish/Publication.ts';
import { Mailbox } from '../shared/Mailbox.ts';
import { Pacer } from '../shared/Pacer.ts';
import type { Subscriber } from './Subscriber.ts';
import { SubscriberNegotiation } from './SubscriberNegotiation.ts';
import type { Subscription } from './Subscription.ts';

/** Lets what was begun come to its end; time stands still meanwhile. */
const turns = async (): Promise<void> => {
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
};

async function viewer(t: TestContext) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const peer = await new StandInSfu().createRoom('r').createPeer({
    ...{ id: 'PA_v', publisher: false, subscriber: true, dataOn: 'subscriber' },
  });
  const offers: string[] = [];
  const mailbox = new Mailbox((what, error) => assert.fail(`${what}: ${error}`));
  const outlet = { offer: (sdp: string) => offers.push(sdp) };
  const subscriber = { sid: 'PA_v', left: false, peer, mailbox, outlet } as unknown as Subscriber;
  const negotiation = new SubscriberNegotiation(subscriber, new Pacer(), () => undefined);
  let tracks = 0;
  const agreed = async (ms: number) => {
    const before = offers.length;
    t.mock.timers.tick(ms);
    await turns();
    const offer = offers.at(-1);
    if (offers.length > before && offer)
      await negotiation.answer(offer.replaceAll('actpass', 'active').replaceAll('sendonly', 'recvonly'), 0);
    await turns();
    return offers.length - before;
  };
  negotiation.start();
  await agreed(0);
  return {
    ...{ negotiation, offers, agreed },
    track: (): Subscription => {
      const media = new StandInTrack(`TR_${tracks++}`, 'video');
      const publication = {
        sid: media.sid,
        media,
        closed: false,
        publisher: { sid: 'PA_p' },
      } as unknown as Publication;
      const nothing = { opened: () => undefined, accept: () => undefined };
      return { publication, closed: false, accepted: false, ...nothing } as unknown as Subscription;
    },
  };
}

test('TR2 what is only to be closed asks for no offer at once, and for one after a while', async (t) => {
  const { negotiation, agreed, track } = await viewer(t);
  const gone = track();
  negotiation.add(gone);
  assert.equal(await agreed(20), 1);
  negotiation.remove(gone);
  assert.equal(await agreed(100), 0);
  assert.equal(await agreed(4_000), 1);
  assert.equal(await agreed(60_000), 0, 'that was all');
});

test('TR2 what is to be closed goes along with what is to be opened, which does not wait for it', async (t) => {
  const { negotiation, offers, agreed, track } = await viewer(t);
  const [gone, next] = [track(), track()];
  negotiation.add(gone);
  await agreed(20);
  negotiation.remove(gone);
  negotiation.add(next);
  assert.equal(await agreed(20), 1);
  const [, closed, open] = (offers.at(-1) ?? '').split(/^m=/m).slice(1);
  assert.match(closed ?? '', /^video 0 /);
  assert.match(open ?? '', /a=sendonly/);
  assert.equal(await agreed(60_000), 0);
});
