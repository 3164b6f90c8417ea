import { Document, isMap, isPair, isScalar } from 'yaml';
import { z } from 'zod';
import { sfuConfigSchema } from './settings.ts';

type JsonSchema = { description?: string; properties?: Record<string, JsonSchema> };

/** The sample file: every key with its default, and what it does as a comment; made from the schema, so it can't lie. */
export function renderSample(): string {
  const document = new Document(sfuConfigSchema.parse({}));
  document.commentBefore =
    ' Settings of the media server (SFU_CONFIG names this file). Every key may be left out; unknown keys are refused.';
  comment(document.contents, z.toJSONSchema(sfuConfigSchema, { io: 'input' }) as JsonSchema);
  return document.toString({ lineWidth: 120 });
}

function comment(node: unknown, schema: JsonSchema): void {
  if (!isMap(node)) return;
  for (const pair of node.items) {
    if (!isPair(pair) || !isScalar(pair.key)) continue;
    const part = schema.properties?.[String(pair.key.value)];
    if (part?.description !== undefined) pair.key.commentBefore = ` ${part.description}`;
    if (part !== undefined) comment(pair.value, part);
  }
}
