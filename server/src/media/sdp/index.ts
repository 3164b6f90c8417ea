export { type OfferReview, PublisherAnswerer, type SectionChange } from './answer.ts';
export { MAX_SDP_LENGTH } from './document.ts';
export { parsePublisherOffer } from './offer.ts';
export { offeredMimes, publishParameters } from './publish.ts';
export { DATA_CHANNEL_MID, type SubscribedTrack, type SubscriberOffer, SubscriberSections } from './subscriber.ts';
export * from './types.ts';
