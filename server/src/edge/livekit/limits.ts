/** Most of what clients and server SDKs may say in one request; as in LiveKit, which counts in the same units. */
export const MAX_METADATA_LENGTH = 64 * 1024;
/** Keys and values of all attributes of a participant together. */
export const MAX_ATTRIBUTES_LENGTH = 64 * 1024;
/** Names of rooms, participants and tracks. */
export const MAX_NAME_LENGTH = 256;
/** Audio features of one track. */
export const MAX_FEATURES = 16;
