interface Schema {
  readonly type?: string;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
}

/** Of a text whose schema says no length: codes, identifiers and times, which have a pattern. */
const SHORT = 40;

/** Bytes of the longest JSON that a schema takes, when every character of a text has three. */
export function longestBody(schema: Schema): number {
  const either = schema.anyOf ?? schema.oneOf;
  if (either) return Math.max(...either.map(longestBody));
  const values = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  if (values) return Math.max(...values.map((value) => JSON.stringify(value).length));
  if (schema.type === 'string')
    return schema.format ? SHORT : schema.maxLength === undefined ? SHORT : schema.maxLength * 3 + 2;
  if (schema.type === 'array') return (schema.maxItems ?? 0) * (longestBody(schema.items ?? {}) + 1) + 2;
  const fields = Object.entries(schema.properties ?? {});
  return fields.reduce((sum, [name, value]) => sum + name.length + 4 + longestBody(value), 2);
}
