import { hash, verify } from '@node-rs/argon2';

/** argon2id with 19 MiB, two passes and one lane, as OWASP's password storage advice has it; runs on the thread pool. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export const argon2Hasher = {
  hash: (password: string): Promise<string> => hash(password, cost),
  verify: (stored: string, password: string): Promise<boolean> => verify(stored, password),
};
