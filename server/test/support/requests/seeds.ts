import { z } from 'zod';
import { acts } from '../../../src/protocol/channel.ts';
import { TestNode } from '../TestNode.ts';

type Schema = Readonly<Record<string, unknown>>;

/** The OpenAPI text of a node. */
export interface Contract {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}
interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}

/** As a node tells it to its operator. */
export async function readContract(): Promise<Contract> {
  const node = await TestNode.create();
  try {
    const response = await fetch(`${node.internalUrl}/api/openapi.json`);
    return (await response.json()) as Contract;
  } finally {
    await node.close();
  }
}

/** Each route as the principal, the moderator and a commune may call it: one value for every field that there is. */
export function requestSeeds({ paths }: Contract): string[] {
  return operations(paths).flatMap(({ method, path, operation }) => {
    const [type, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
    const body = type === 'application/json' && content ? JSON.stringify(example(content.schema)) : '';
    const head = `${method.toUpperCase()} ${filled(path, operation)}`;
    // Whoever signs out reaches nothing afterwards, so that is the guest's part.
    const people = /^delete \/api\/session/.test(`${method} ${path}`)
      ? ['guest']
      : ['principal', 'moderator', 'commune'];
    return people.map(
      (who) => `${head}\nauthorization: Bearer {${who}}\ncontent-type: ${type ?? 'application/json'}\n\n${body}`,
    );
  });
}

/** What proves a session, in every form that it may have. */
export function cookieSeeds(): string[] {
  const session = 'GET /api/session';
  return [
    `${session}\ncookie: dh_s_{uuid}={principal}`,
    `${session}\ncookie: a=b; __Host-dh={commune}; =; ;;`,
    `${session}\nx-dh-session: {uuid}\ncookie: {uuid}={moderator}`,
    `${session}\nauthorization: Bearer {moderator}`,
    `POST /api/session/link\ncontent-type: application/json\n\n{"secret":"{commune}","transport":"cookie","device":"a"}`,
    `POST /api/session/password\ncontent-type: application/json\n\n{"login":"a","password":"b","transport":"cookie"}`,
    `DELETE /api/session\nauthorization: Bearer {guest}\norigin: http://a`,
  ];
}

/** Files as the routes take them, whole, cut short and of another type than they say. */
export function uploadSeeds({ paths }: Contract): (string | Buffer)[] {
  const files = [
    Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF'),
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]),
    Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46]),
    Buffer.from('PK\x03\x04\x14\x00\x00\x00\x00\x00', 'latin1'),
    Buffer.alloc(0),
  ];
  return operations(paths).flatMap(({ method, path, operation }) => {
    const types = Object.keys(operation.requestBody?.content ?? {}).filter((type) => type !== 'application/json');
    const head = `${method.toUpperCase()} ${filled(path, operation)}\nauthorization: Bearer {moderator}\ncontent-type: `;
    return types.flatMap((type) => files.map((file) => Buffer.concat([Buffer.from(`${head}${type}\n\n`), file])));
  });
}

/** Each act as Socket.IO writes it, and what is none. */
export function actSeeds(): string[] {
  const all = Object.entries(acts).map(
    ([name, { ask }], i) => `42${i}${JSON.stringify([name, example(schemaOf(ask))])}`,
  );
  const odd = ['42["round.answer"]', '451-0["hand.raise",{"_placeholder":true,"num":0}]', '41', '40{}', '1', '6'];
  return [...all, ...odd, all.slice(0, 12).join('\n')];
}

/** Names of fields and the values that they may have. */
export function contractWords({ paths }: Contract): string[] {
  const words = new Set<string>();
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { properties, enum: values, const: only } = value as Schema;
    for (const name of Object.keys(properties ?? {})) words.add(JSON.stringify(name));
    for (const each of [...((values as unknown[]) ?? []), only]) if (typeof each === 'string') words.add(each);
    for (const each of Object.values(value)) walk(each);
  };
  walk(paths);
  for (const path of Object.keys(paths)) words.add(path);
  return [...words, ...actWords].filter((word) => /^[ -~]{2,60}$/.test(word));
}

const actWords = [...Object.keys(acts), 'authorization: Bearer ', 'cookie: ', '__proto__', '\\u0000', '1e400', 'null'];

const operations = (paths: Contract['paths']) =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );

function filled(path: string, { parameters = [] }: Operation): string {
  const places = new Map(parameters.filter((p) => p.in === 'path').map(({ name, schema }) => [name, example(schema)]));
  if (path.startsWith('/api/briefings/')) places.set('id', '{briefing}');
  const query = parameters
    .filter((parameter) => parameter.in === 'query')
    .map(
      ({ name, schema }) =>
        `${name}=${encodeURIComponent(String(example(schema))).replaceAll(/%7B|%7D/g, (c) => (c === '%7B' ? '{' : '}'))}`,
    )
    .join('&');
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(places.get(name))) + (query && `?${query}`);
}

const schemaOf = (schema: z.ZodType): Schema => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });

/** A value that the schema takes, or nearly: what remains to be guessed is the fuzzer's part. */
function example(schema: Schema): unknown {
  if ('const' in schema) return schema.const;
  const [first] = (schema.enum ?? []) as unknown[];
  if (first !== undefined) return first;
  const [choice] = ((schema.anyOf ?? schema.oneOf ?? schema.allOf ?? []) as Schema[]).filter((s) => s.type !== 'null');
  if (choice) return example(choice);
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries((schema.properties ?? {}) as Record<string, Schema>).map(([name, value]) => [
          name,
          name === 'briefing' ? '{briefing}' : name === 'unit' ? '{commune-unit}' : example(value),
        ]),
      );
    case 'array':
      return [example((schema.items ?? {}) as Schema)];
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    case 'boolean':
      return true;
    case 'string':
      return text(schema);
    default:
      return null;
  }
}

/** What texts of a form look like, and what stands for the real one. */
const FORMS: readonly (readonly [like: string, text: string])[] = [
  ['27004', '{commune-unit}'],
  ['vn.79', 'vn.79'],
  ['12', '12'],
  ['0'.repeat(64), '0'.repeat(64)],
  ['A'.repeat(43), 'A'.repeat(43)],
];

function text({ format, pattern }: Schema): string {
  if (format === 'uuid') return '{uuid}';
  if (format === 'date-time') return '{now}';
  if (typeof pattern !== 'string') return 'a';
  return FORMS.find(([like]) => new RegExp(pattern).test(like))?.[1] ?? 'a';
}
