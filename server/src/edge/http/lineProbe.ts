import { randomBytes } from 'node:crypto';
import { type RequestHandler, Router } from 'express';
import { refuse } from '../../protocol/errors.ts';
import { refusal } from './openapi.ts';

/** Enough to measure a fast line, too little to be of use for anything else. */
const MOST_BYTES = 512 * 1024;

const bytes = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } };

/** The probe in the OpenAPI text. */
export const linePaths = {
  '/api/line': {
    get: {
      summary: 'Bytes that no proxy can compress, to measure the line down.',
      security: [],
      parameters: [
        {
          name: 'bytes',
          in: 'query',
          required: false,
          schema: { type: 'integer', minimum: 1, maximum: MOST_BYTES, default: 1 },
        },
      ],
      responses: { 200: { description: 'that many bytes', content: bytes }, default: refusal },
    },
    post: {
      summary: `Takes up to ${MOST_BYTES} bytes and throws them away, to measure the line up.`,
      security: [],
      requestBody: { required: true, content: bytes },
      responses: { 204: { description: 'taken' }, default: refusal },
    },
  },
};

/**
 * `GET /api/line?bytes=` answers that many bytes that no proxy can compress; `POST /api/line` takes as many and throws
 * them away. The device check of the pages measures a line with them before anything else is at stake, so they ask for
 * no session.
 */
export function lineProbe(): RequestHandler {
  const router = Router();
  const noise = randomBytes(MOST_BYTES);
  router.get('/api/line', (request, response) => {
    const bytes = Number(request.query.bytes ?? 1);
    if (!Number.isInteger(bytes) || bytes < 1 || bytes > MOST_BYTES)
      throw refuse('bad-request', `bytes: a whole number from 1 to ${MOST_BYTES}`);
    response.set({ 'cache-control': 'no-store, no-transform', 'content-type': 'application/octet-stream' });
    response.send(noise.subarray(0, bytes));
  });
  router.post('/api/line', (request, response, next) => {
    let taken = 0;
    request.on('data', (chunk: Buffer) => {
      taken += chunk.length;
      if (taken <= MOST_BYTES || response.headersSent) return;
      response.set('connection', 'close');
      next(refuse('too-large', `at most ${MOST_BYTES} bytes`));
      request.pause();
    });
    request.on('end', () => void (response.headersSent || response.status(204).end()));
  });
  return router;
}
