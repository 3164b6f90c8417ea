import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { glob, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { z } from 'zod';
import { acts, channelAuthSchema } from './channel.ts';
import { followActSchema, issueDirectiveSchema } from './directive.ts';
import { uuidSchema } from './uuid.ts';

const id = randomUUID();
const shouted = id.toUpperCase();

test('a UUID in capitals is the same UUID, wherever it comes in', () => {
  assert.equal(channelAuthSchema.parse({ briefing: shouted, identity: 'a' }).briefing, id);
  const asks: [keyof typeof acts, object][] = [
    ['call.accept', { call: shouted }],
    ['round.close', { key: shouted, round: shouted }],
    ['round.wall', { round: shouted }],
  ];
  for (const [name, ask] of asks) assert.deepEqual(Object.values(acts[name].ask.parse(ask))[0], id, name);
  assert.equal(followActSchema.parse({ act: 'read', key: shouted }).key, id);
  const directive = { key: shouted, title: 'x', text: 'x', addressees: { to: ['vn'] }, supersedes: shouted };
  const { key, supersedes } = issueDirectiveSchema.parse(directive);
  assert.deepEqual([key, supersedes], [id, id]);
  assert.ok(!uuidSchema.safeParse(`${id}x`).success);
  assert.equal(z.toJSONSchema(uuidSchema, { io: 'input' }).format, 'uuid', 'said in the OpenAPI text');
});

test('a UUID in capitals is the same UUID: there is one schema of it', async () => {
  const root = new URL('../../..', import.meta.url).pathname;
  let files = 0;
  const others: string[] = [];
  for await (const file of glob('{server,web}/src/**/*.{ts,tsx}', { cwd: root })) {
    files += 1;
    if (/protocol\/uuid(\.test)?\.ts$/.test(file)) continue;
    if (/\.(uuid|guid|uuidv\d)\(/.test(await readFile(`${root}/${file}`, 'utf8'))) others.push(file);
  }
  assert.ok(files > 500);
  assert.deepEqual(others, []);
});
