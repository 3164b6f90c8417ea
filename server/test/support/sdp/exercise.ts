import assert from 'node:assert/strict';
import * as ortc from 'mediasoup/ortc';
import { readSdp } from '../../../src/media/sdp/document.ts';
import {
  offeredMimes,
  PublisherAnswerer,
  parsePublisherOffer,
  publishParameters,
  type SectionAnswer,
  SubscriberSections,
} from '../../../src/media/sdp/index.ts';
import { sampleConsumer, sampleTransport } from './samples.ts';

const routerCapabilities = ortc.generateRouterRtpCapabilities([
  { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2 },
  { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
  { kind: 'video', mimeType: 'video/VP9', clockRate: 90_000, parameters: { 'profile-id': 0 } },
  {
    kind: 'video',
    mimeType: 'video/H264',
    clockRate: 90_000,
    parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 },
  },
]);

/**
 * Does with an offer all that a server does, publishing whatever wants to be published, and checks what must hold for
 * any offer that is not refused: the SFU takes the parameters, and the answer is SDP with the offer's sections.
 * @throws SdpError when the offer is refused
 */
export function exerciseOffer(sdp: string, answerer: PublisherAnswerer = new PublisherAnswerer(1)): string {
  const offer = parsePublisherOffer(sdp);
  const { changes } = answerer.review(offer);
  const decisions = new Map<string, SectionAnswer>();
  for (const section of offer.sections) {
    if (section.kind === 'application') continue;
    const change = changes.get(section.mid);
    if (change !== 'started' && change !== 'replaced') continue;
    const mime = offeredMimes(offer, section.mid)[0];
    if (mime === undefined) {
      decisions.set(section.mid, { do: 'reject' });
      continue;
    }
    const decision = { do: 'publish', mime, disableDtx: false, stereo: true } as const;
    decisions.set(section.mid, decision);
    const { rtpParameters } = publishParameters(offer, section.mid, decision);
    ortc.validateAndNormalizeRtpParameters(rtpParameters);
    const mapping = ortc.getProducerRtpParametersMapping(rtpParameters, routerCapabilities);
    const consumable = ortc.getConsumableRtpParameters(section.kind, rtpParameters, routerCapabilities, mapping);
    assert.ok(ortc.canConsume(consumable, routerCapabilities), `${mime} can be consumed`);
  }
  const answer = answerer.answer(offer, decisions, sampleTransport).sdp;
  const { sections } = readSdp(answer);
  assert.deepEqual(
    sections.map((s) => s.attributes.get('mid')?.[0]),
    offer.sections.map((s) => s.mid),
  );
  for (const change of answerer.review(offer).changes.values()) assert.notEqual(change, 'replaced');
  return answer;
}

/** @throws SdpError when the answer is refused */
export function exerciseAnswer(sdp: string, consumers: number): void {
  const subscriber = new SubscriberSections(1);
  for (let i = 0; i < consumers; i++) subscriber.open(sampleConsumer(i));
  subscriber.buildOffer(sampleTransport);
  const { rejectedMids } = subscriber.applyAnswer(sdp);
  for (const mid of rejectedMids) subscriber.close(mid);
  subscriber.buildOffer(sampleTransport);
}
