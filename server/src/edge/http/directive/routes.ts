import { z } from 'zod';
import type { Attachments } from '../../../domain/directive/Attachments.ts';
import type { DirectiveProgress } from '../../../domain/directive/DirectiveProgress.ts';
import type { Directives } from '../../../domain/directive/Directives.ts';
import type { FollowActs } from '../../../domain/directive/FollowActs.ts';
import {
  addresseesSchema,
  attachmentSchema,
  attachmentTypes,
  boardQuerySchema,
  directiveBoardSchema,
  directiveItemSchema,
  directiveListSchema,
  directiveQuerySchema,
  directiveSchema,
  directiveStatesSchema,
  followActSchema,
  followedSchema,
  followHistorySchema,
  followPageSchema,
  followQuerySchema,
  historyQuerySchema,
  issueDirectiveSchema,
  previewSchema,
  recallSchema,
  replySchema,
  uploadQuerySchema,
} from '../../../protocol/directive.ts';
import { uuidSchema } from '../../../protocol/uuid.ts';
import { FileAnswer, type Route, route } from '../route.ts';

const params = z.object({ id: uuidSchema });
const session = 'session';

/** Directives: issue, end, find. */
export const directiveRoutes = (directives: Directives): Route[] => [
  route({
    method: 'post',
    path: '/api/directives/preview',
    summary: 'How many units an addressing reaches at this moment.',
    access: session,
    body: addresseesSchema,
    answer: previewSchema,
    right: ['directive.issue'],
    handle: ({ caller, body }) => directives.preview(caller.account, body),
  }),
  route({
    method: 'post',
    path: '/api/directives',
    summary: 'Issue a directive, in a live briefing or outside of one. The same key answers the same directive.',
    access: session,
    body: issueDirectiveSchema,
    answer: directiveSchema,
    right: ['directive.issue'],
    handle: ({ caller, body }) => directives.issue(caller.account, body),
  }),
  route({
    method: 'get',
    path: '/api/directives',
    summary:
      "What the caller's unit was told, or what was issued in their territory, or to it from above; newest first, at most 100.",
    access: session,
    query: directiveQuerySchema,
    answer: directiveListSchema,
    handle: async ({ caller, query }) => ({ directives: await directives.list(caller.account, query) }),
  }),
  route({
    method: 'get',
    path: '/api/directives/{id}',
    summary: "One directive, and where the caller's own unit stands with it.",
    access: session,
    params,
    answer: directiveItemSchema,
    handle: ({ caller, params: { id } }) => directives.read(caller.account, id),
  }),
  route({
    method: 'post',
    path: '/api/directives/{id}/recall',
    summary: 'Take it back; addressees that were not done are asked to agree.',
    access: session,
    params,
    body: recallSchema,
    answer: directiveSchema,
    handle: ({ caller, params: { id }, body }) => directives.recall(caller.account, id, body),
  }),
];

/** What addressees do with directives, one by one and in numbers. */
export const followRoutes = (acts: FollowActs, board: DirectiveProgress): Route[] => [
  route({
    method: 'post',
    path: '/api/directives/{id}/acts',
    summary: "What the caller's unit does with it. Answered after the commit; the same key answers the first receipt.",
    access: session,
    params,
    body: followActSchema,
    answer: followedSchema,
    handle: ({ caller, params: { id }, body }) => acts.act(caller.account, id, body),
  }),
  route({
    method: 'post',
    path: '/api/directives/{id}/reply',
    summary: "Answer an addressee's question.",
    access: session,
    params,
    body: replySchema,
    answer: followedSchema,
    handle: ({ caller, params: { id }, body }) => acts.reply(caller.account, id, body),
  }),
  route({
    method: 'get',
    path: '/api/directives/{id}/acts',
    summary:
      "Everything that was recorded for one addressee, oldest first, with receipts; without `unit`, the caller's.",
    access: session,
    params,
    query: historyQuerySchema,
    answer: followHistorySchema,
    handle: ({ caller, params: { id }, query: { unit } }) => board.history(caller.account, id, unit),
  }),
  route({
    method: 'get',
    path: '/api/directives/{id}/board',
    summary: "Addressees by state, in numbers: a territory and its children; without `root`, the caller's own.",
    access: session,
    params,
    query: boardQuerySchema,
    answer: directiveBoardSchema,
    handle: ({ caller, params: { id }, query: { root } }) => board.board(caller.account, id, root),
  }),
  route({
    method: 'get',
    path: '/api/directives/{id}/states',
    summary: "Where each addressee of a territory stands, for a map; without `root`, of the caller's own.",
    access: session,
    params,
    query: boardQuerySchema,
    answer: directiveStatesSchema,
    handle: ({ caller, params: { id }, query: { root } }) => board.states(caller.account, id, root),
  }),
  route({
    method: 'get',
    path: '/api/directives/{id}/follows',
    summary: "Addressees of a territory one by one; without `root`, of the caller's own.",
    access: session,
    params,
    query: followQuerySchema,
    answer: followPageSchema,
    handle: ({ caller, params: { id }, query }) => board.follows(caller.account, id, query),
  }),
];

/** Files that directives carry. */
export const attachmentRoutes = (attachments: Attachments): Route[] => [
  route({
    method: 'post',
    path: '/api/attachments',
    summary: 'Keep a file for a directive that is being written; what no directive has a day later is deleted.',
    access: session,
    query: uploadQuerySchema,
    uploads: attachmentTypes,
    answer: attachmentSchema,
    right: ['directive.issue'],
    handle: ({ caller, query: { name }, body }) => attachments.upload(caller.account, { name, ...body }),
  }),
  route({
    method: 'get',
    path: '/api/attachments/{sha256}',
    summary: 'A file of a directive that the caller may read, to be saved.',
    access: session,
    params: attachmentSchema.pick({ sha256: true }),
    files: attachmentTypes,
    handle: async ({ caller, params: { sha256 } }) =>
      new FileAnswer(await attachments.download(caller.account, sha256)),
  }),
];
