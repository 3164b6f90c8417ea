export { type OfferReview, PublisherAnswerer, type SectionChange } from './answer.ts';
export { isMedia, parsePublisherOffer } from './offer.ts';
export { offeredMimes, publishParameters } from './publish.ts';
export { type SubscribedTrack, type SubscriberOffer, SubscriberSections } from './subscriber.ts';
export * from './types.ts';
