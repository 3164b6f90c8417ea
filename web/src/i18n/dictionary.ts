import type { vi } from './vi.ts';

/** The shape of a dictionary: texts stay texts, functions keep their arguments. */
export type Shape<T> = {
  [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...a: infer A) => string
      ? (...a: A) => string
      : Shape<T[K]>;
};
export type Dictionary = Shape<typeof vi>;
export type Language = 'vi' | 'en';
