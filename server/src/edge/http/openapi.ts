import { z } from 'zod';
import { problemSchema, type Reason } from '../../protocol/errors.ts';
import { sessionHeader } from '../../protocol/session.ts';
import { statusOf } from './problems.ts';
import type { FileForm, Route } from './route.ts';

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 text of `/api`, made from the schemas that parse it; `others` are paths whose bodies are no JSON. */
export function openApi(
  routes: readonly Route[],
  publicUrl: string,
  others: Readonly<Record<string, Json>> = {},
): Json {
  const paths: Record<string, Json> = { ...others };
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Điều Hành',
      version: '1',
      description:
        'Refusals are `{error: {reason, message}}` with a stable reason; the message is in Vietnamese or English, by `Accept-Language`. ' +
        'Answers may get more fields: pass over those that you do not know.',
    },
    servers: [{ url: publicUrl }],
    paths,
    components: {
      schemas: { Problem: schemaOf(problemSchema, 'output') },
      securitySchemes: {
        session: { type: 'apiKey', in: 'header', name: sessionHeader, description: 'with the cookie of that session' },
        bearer: { type: 'http', scheme: 'bearer' },
      },
    },
  };
}

/** WH6, WH7: what is delivered to webhooks, as OpenAPI tells it. */
export const hookContract = (bodies: Readonly<Record<string, z.ZodType>>): Json =>
  Object.fromEntries(
    Object.entries(bodies).map(([name, body]) => [
      name,
      {
        post: {
          summary:
            'Delivered at least once, always under the same `webhook-id`, and signed as by Standard Webhooks 1.0.0.',
          parameters: ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((header) => ({
            ...{ name: header, in: 'header', required: true, schema: { type: 'string' } },
          })),
          requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body, 'output') } } },
          responses: {
            '2XX': { description: 'it was taken' },
            410: { description: 'nothing more is delivered' },
            default: { description: 'it is tried again' },
          },
        },
      },
    ]),
  );

/** How a session is proved. */
export const ofSession: readonly Json[] = [{ session: [] }, { bearer: [] }];

const securityOf: Readonly<Record<Route['access'], readonly Json[]>> = {
  public: [],
  session: ofSession,
  key: [{ bearer: [] }],
};

/** How every refusal is written down. */
export const refusal: Json = {
  description: 'refused; with 429 the header `Retry-After` tells the seconds to wait',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

/** Refusals by their status. */
function refusedWith(reasons: readonly Reason[]): Json {
  const byStatus = Map.groupBy(reasons, (reason) => statusOf[reason]);
  const responses: Json = {};
  for (const [status, all] of byStatus) {
    const isPassing = status === 429 || status === 503;
    responses[status] = {
      ...refusal,
      description: all.join(', '),
      ...(isPassing && { headers: { 'Retry-After': { description: 'seconds to wait', schema: { type: 'integer' } } } }),
    };
  }
  return responses;
}

/** A body or an answer that is a file of one of these content types. */
const filesOf = (
  types: readonly string[],
  io: 'input' | 'output',
  forms: Readonly<Record<string, FileForm>> = {},
): Json => Object.fromEntries(types.map((type) => [type, formOf(forms[type], io)]));

function formOf(form: FileForm | undefined, io: 'input' | 'output'): Json {
  if (!form) return { schema: { type: 'string', format: 'binary' } };
  if ('json' in form) return { schema: schemaOf(form.json, io) };
  if ('text' in form) return { schema: { type: 'string', description: form.text } };
  const schema = { type: 'string', description: 'JSON, an object a line, each of which fits `x-line`' };
  return { schema, 'x-line': schemaOf(form.line, io) };
}

const SAME = { 304: { description: 'nothing moved since the answer whose `ETag` came as `If-None-Match`' } };

function operation({ params, query, body, uploads, answer, files, told, ...route }: Route): Json {
  const json = (schema: z.ZodType, io: 'input' | 'output') => ({
    'application/json': { schema: schemaOf(schema, io) },
  });
  const asked = uploads ? filesOf(uploads, 'input', told?.uploads) : body && json(body, 'input');
  const answered = files ? filesOf(files, 'output', told?.files) : answer && json(answer, 'output');
  return {
    summary: route.summary,
    security: securityOf[route.access],
    parameters: [...parameters(params, 'path'), ...parameters(query, 'query')],
    ...(asked && { requestBody: { required: true, content: asked } }),
    ...(route.right && { 'x-right': route.right }),
    responses: {
      ...(answered ? { 200: { description: 'done', content: answered } } : { 204: { description: 'done' } }),
      ...(told?.revalidates && SAME),
      ...refusedWith(told?.refuses ?? []),
      default: refusal,
    },
  };
}

function parameters(schema: z.ZodType | undefined, place: 'path' | 'query'): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as { properties?: Json; required?: string[] };
  return Object.entries(properties).map(([name, value]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: value,
  }));
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', override: open });
  return rest;
}

/** Of an answer, which may get more fields, it is not said that it has no others. */
function open({
  zodSchema,
  jsonSchema,
}: {
  zodSchema: z.core.$ZodTypes;
  jsonSchema: z.core.JSONSchema.BaseSchema;
}): void {
  const isStrict = zodSchema._zod.def.type === 'object' && zodSchema._zod.def.catchall !== undefined;
  if (!isStrict && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
}
