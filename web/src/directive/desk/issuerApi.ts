import type { z } from 'zod';
import type { Api } from '../../api/Api.ts';
import {
  type Attachment,
  attachmentSchema,
  type Directive,
  type DirectiveStates,
  directiveBoardSchema,
  directiveListSchema,
  directiveSchema,
  directiveStatesSchema,
  type FollowState,
  followedSchema,
  followPageSchema,
  type issueDirectiveSchema,
  previewSchema,
} from '../../api/contract.ts';
import { queryOf } from '../../api/queryOf.ts';

type Asks = Pick<Api, 'ask'>;
export type IssueAsk = z.input<typeof issueDirectiveSchema>;
export type Addressing = IssueAsk['addressees'];
export type Board = z.output<typeof directiveBoardSchema>;
export type FollowFilter = { readonly state?: FollowState; readonly timing?: 'overdue' | 'late' };

/** What the desks of officials ask about directives. */
export const issuerApi = {
  given: async (api: Asks, box: 'issued' | 'above', briefing: string | undefined): Promise<readonly Directive[]> => {
    const { directives } = await api.ask(`/api/directives?${queryOf({ box, briefing })}`, directiveListSchema);
    return directives.map(({ directive }) => directive);
  },
  preview: (api: Asks, body: Addressing, signal: AbortSignal) =>
    api.ask('/api/directives/preview', previewSchema, { method: 'POST', body, signal }),
  issue: (api: Asks, body: IssueAsk): Promise<Directive> =>
    api.ask('/api/directives', directiveSchema, { method: 'POST', body }),
  recall: (api: Asks, id: string, body: { key: string; why: string }): Promise<Directive> =>
    api.ask(`/api/directives/${id}/recall`, directiveSchema, { method: 'POST', body }),
  reply: (api: Asks, id: string, body: { key: string; unit: string; words: string }) =>
    api.ask(`/api/directives/${id}/reply`, followedSchema, { method: 'POST', body }),
  board: (api: Asks, id: string, root?: string): Promise<Board> =>
    api.ask(`/api/directives/${id}/board?${queryOf({ root })}`, directiveBoardSchema),
  states: (api: Asks, id: string, root: string): Promise<DirectiveStates> =>
    api.ask(`/api/directives/${id}/states?${queryOf({ root })}`, directiveStatesSchema),
  follows: async (api: Asks, id: string, root: string, filter: FollowFilter, after: string | undefined) => {
    const query = queryOf({ root, ...filter, after, limit: '50' });
    const { follows: items, total, next } = await api.ask(`/api/directives/${id}/follows?${query}`, followPageSchema);
    return { items, total, next };
  },
  upload: (api: Asks, file: File): Promise<Attachment> =>
    api.ask(`/api/attachments?${queryOf({ name: file.name })}`, attachmentSchema, { method: 'POST', body: file }),
};
