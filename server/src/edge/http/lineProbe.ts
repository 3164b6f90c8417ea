import { randomBytes } from 'node:crypto';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { refuse } from '../../protocol/errors.ts';
import { LINE_BYTES } from '../../protocol/limits.ts';
import type { LineBudget } from './LineBudget.ts';
import { ofSession, refusal } from './openapi.ts';
import { refuseForeign } from './origin.ts';

const bytes = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } };

/** The probe in the OpenAPI text. */
export const linePaths = {
  '/api/line': {
    get: {
      summary: 'Bytes that no proxy can compress, to measure the line down.',
      security: ofSession,
      parameters: [
        {
          name: 'bytes',
          in: 'query',
          required: false,
          schema: { type: 'integer', minimum: 1, maximum: LINE_BYTES.most, default: 1 },
        },
      ],
      responses: { 200: { description: 'that many bytes', content: bytes }, default: refusal },
    },
    post: {
      summary: `Takes up to ${LINE_BYTES.most} bytes and throws them away, to measure the line up.`,
      security: ofSession,
      requestBody: { required: true, content: bytes },
      responses: { 204: { description: 'taken' }, default: refusal },
    },
  },
};

export interface LineProbeOptions {
  readonly publicUrl: string;
  /** Whose session asks. @throws DomainError `unauthenticated`, `rate-limited` */
  readonly sessionOf: (request: Request, response: Response) => Promise<string>;
  readonly budget: LineBudget;
}

/**
 * `GET /api/line?bytes=` answers that many bytes that no proxy can compress; `POST /api/line` takes as many and throws
 * them away. The device check of the pages measures a line with them before anything else is at stake. HT11: it is for
 * those who are signed in, who have a budget.
 */
export function lineProbe({ publicUrl, sessionOf, budget }: LineProbeOptions): RequestHandler {
  const router = Router();
  const noise = randomBytes(LINE_BYTES.most);
  router.get('/api/line', async (request, response) => {
    refuseForeign(request.headers, publicUrl);
    const session = await sessionOf(request, response);
    const bytes = Number(request.query.bytes ?? 1);
    if (!Number.isInteger(bytes) || bytes < 1 || bytes > LINE_BYTES.most)
      throw refuse('bad-request', `bytes: a whole number from 1 to ${LINE_BYTES.most}`);
    budget.spend(session, bytes);
    response.set({ 'cache-control': 'no-store, no-transform', 'content-type': 'application/octet-stream' });
    response.send(noise.subarray(0, bytes));
  });
  router.post('/api/line', async (request, response) => {
    refuseForeign(request.headers, publicUrl);
    // A stranger, and who says too much, is not listened to any longer.
    response.set('connection', 'close');
    const session = await sessionOf(request, response);
    const declared = Number(request.headers['content-length']);
    if (!Number.isInteger(declared)) throw refuse('bad-request', 'the length of the body must be said');
    if (declared > LINE_BYTES.most) throw refuse('too-large', `at most ${LINE_BYTES.most} bytes`);
    response.removeHeader('connection');
    try {
      // Node takes no more than was said.
      budget.spend(session, declared);
    } finally {
      // A client that is cut off while it sends sees no answer.
      for await (const _ of request);
    }
    response.status(204).end();
  });
  return router;
}
