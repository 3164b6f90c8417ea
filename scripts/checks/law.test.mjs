import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../setup/place.mjs';
import { misplacedLaw } from './law.mjs';

const inEdge = (source) => misplacedLaw('server/src/edge/x.ts', source).length;
const inStore = (source) => misplacedLaw('server/src/store/postgres/slice/x.ts', source).length;

test('roles and territories that are compared outside of domain/shared are found', () => {
  assert.equal(inEdge("import { codeOf, within } from '../../protocol/organisation.ts';"), 1);
  assert.equal(inEdge("if (seat.role === 'principal') x();"), 1);
  assert.equal(inEdge('if (wanted !== account.role) x();'), 1);
  assert.equal(inEdge("import { sees } from '../../domain/shared/whoSeesWhom.ts';\nconst { role } = seat;"), 0);
  assert.equal(misplacedLaw('server/src/domain/shared/whoSeesWhom.ts', "role === 'seat'").length, 0);
});

test('a refusal that a store decides is found', () => {
  assert.equal(inStore("throw refuse('too-late', 'this round is closed');"), 1);
  assert.equal(inStore("throw refuse('not-found', 'there is no such round');"), 0);
});

test('who may, who sees and what is refused is decided in the domain', () => {
  const folder = 'server/src';
  const files = readdirSync(join(root, folder), { recursive: true }).filter((name) => /(?<!\.test)\.ts$/.test(name));
  const found = files.flatMap((name) =>
    misplacedLaw(join(folder, name), readFileSync(join(root, folder, name), 'utf8')),
  );
  assert.deepEqual(found, []);
});
