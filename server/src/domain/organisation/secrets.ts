import { createHash, hash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits, base64url: 43 characters. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** Public ids: 96 bits, 16 characters; not secret, only never the same. */
export const newId = (): string => randomBytes(12).toString('base64url');

/** What is stored of a secret. A plain hash is enough: nobody guesses 256 random bits. */
export const hashSecret = (secret: string): Buffer => hash('sha256', secret, 'buffer');

export const sameHash = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);

/** A device as others may know it: nobody gets from this back to the cookie. */
export const deviceId = (secret: string): string => createHash('sha256').update(`device:${secret}`).digest('base64url');
