import type { accountListSchema } from '@dieu-hanh/server/protocol';
import type { z } from 'zod';

/** What the pages use of the contract, by the names they use. */
export * from '@dieu-hanh/server/protocol';
export type AccountsAnswer = z.infer<typeof accountListSchema>['accounts'];
export type BriefingAct = 'open' | 'live' | 'close';
