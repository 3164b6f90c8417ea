import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { dh } from '../../server/test/support/dh.ts';

const root = join(import.meta.dirname, '../..');

test('HT16 unit and compose limit memory to what the plan of a machine says, on which bodies have their part', async () => {
  const { out } = await dh('plan/main', ['--json'], {});
  const { limits } = JSON.parse(out);
  const unit = await readFile(join(root, 'deploy/dieu-hanh.service'), 'utf8');
  assert.match(unit, new RegExp(`^MemoryHigh=${limits.unit.high}M\nMemoryMax=${limits.unit.max}M$`, 'm'));
  const compose = await readFile(join(root, 'docker-compose.yml'), 'utf8');
  for (const [service, mb] of Object.entries(limits.compose)) {
    const [, said] = new RegExp(`^  ${service}:\n(?:(?!^  \\w).*\n)*?    mem_limit: (\\d+)m$`, 'm').exec(compose) ?? [];
    assert.equal(Number(said), mb, service);
  }
  assert.ok(limits.compose.app > 2 * 512, 'all bodies that a node takes fit twice');
});
