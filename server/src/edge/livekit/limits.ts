/**
 * Numbers of LiveKit's protocol, as its own server has them. Sizes of messages, and how long somebody is kept whose
 * connection is gone, are settings (`sfu-config/src/settings.ts`).
 */

/** Most of what clients and server SDKs may say in one request; LiveKit counts in the same units. */
export const MAX_METADATA_LENGTH = 64 * 1024;
/** Keys and values of all attributes of a participant together. */
export const MAX_ATTRIBUTES_LENGTH = 64 * 1024;
/** Names of rooms, participants and tracks. */
export const MAX_NAME_LENGTH = 256;
/** Audio features of one track. */
export const MAX_FEATURES = 16;

/** Seconds between two pings of a client, and of silence after which it drops its socket. */
export const pingInterval = 5;
export const pingTimeout = 15;
/** Clients ping, which is sign enough of life; one that was not heard for longer is pinged by us. */
export const PING_AFTER_MS = 6_000;
