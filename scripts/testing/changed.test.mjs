import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { touched } from './changed.mjs';
import { sourceFiles, targetsOf } from './importGraph.mjs';

const files = new Map(
  Object.entries({
    'server/src/floor.ts': "import { rights } from './rights.ts';",
    'server/src/rights.ts': '',
    'server/src/rights.test.ts': "import { rights } from './rights.ts';",
    'server/src/main.ts': "import './floor.ts';",
    'server/src/migrate.ts': "const folder = new URL('./migrations/', import.meta.url);",
    'server/src/migrate.test.ts': "await import('./migrate.ts');",
    'server/src/migrations/0001-a.sql': undefined,
    'server/src/media.test.ts': "export { sfu } from '@dieu-hanh/sfu-config';",
    'server/test/scenarios/call.test.ts': "spawn(node, [join(root, 'server/src/main.ts')]);",
    'server/test/dh.test.ts': 'new URL(`../../scripts/$' + '{command}.ts`, import.meta.url);',
    'server/test/golden/a.sdp': undefined,
    'scripts/audit/verify.ts': '',
    'scripts/checks/check.test.mjs': "app.get('/', answer);",
    'sfu-config/src/index.ts': '',
    'web/src/App.tsx': '',
    'web/e2e/call.spec.ts': "import { Server } from './support/Server.ts';",
    'web/e2e/support/Server.ts': "join(root, 'server/src/main.ts')",
  }),
);
const tests = (...changed) => {
  const { only } = touched(changed, files);
  return only && [...only].filter((file) => /\.(test|spec)\.\w+$/.test(file)).sort();
};

test('imports are followed upwards, through programs that are started', () => {
  assert.deepEqual(tests('server/src/rights.ts'), [
    'server/src/rights.test.ts',
    'server/test/scenarios/call.test.ts',
    'web/e2e/call.spec.ts',
  ]);
  assert.deepEqual(tests('sfu-config/src/index.ts'), ['server/src/media.test.ts']);
});

test('a folder that is read, a name with a gap, and the built page lead on too', () => {
  assert.deepEqual(tests('server/src/migrations/0001-a.sql'), ['server/src/migrate.test.ts']);
  assert.deepEqual(tests('scripts/audit/verify.ts'), ['server/test/dh.test.ts']);
  assert.deepEqual(tests('web/src/App.tsx'), ['web/e2e/call.spec.ts']);
});

test('documents touch nothing; a test touches itself', () => {
  assert.deepEqual(tests('docs/floor.md', 'README.md'), []);
  assert.deepEqual(tests('server/src/rights.test.ts'), ['server/src/rights.test.ts']);
});

test('what decides how tests run, and data that nobody names, touch everything', () => {
  for (const file of [
    'package-lock.json',
    'server/package.json',
    'scripts/setup/worker.mjs',
    'server/test/golden/a.sdp',
  ])
    assert.equal(tests(file), undefined, file);
});

const noGit = spawnSync('git', ['ls-files']).status !== 0 && 'SKIPPED: there is no git here, which lists the files';

test('in this checkout the domain is seen by its tests, and a spec sees the server and the page', {
  skip: noGit,
}, () => {
  const all = sourceFiles();
  const seen = (file) => touched([file], all).only ?? new Set();
  assert.ok(seen('server/src/demo/country.ts').has('server/test/contracts/directive.test.ts'));
  for (const file of ['server/src/main.ts', 'web/index.html'])
    assert.ok(seen(file).has('web/e2e/spotCall.spec.ts'), file);
  for (const page of ['web/index.html', 'web/src/pages/office/words/office.vi.ts'])
    assert.ok(seen(page).has('server/test/scenarios/reach/poorSlides.test.ts'), page);
  const names = targetsOf('scripts/x.mjs', "'./testing/lanes.mjs'", new Set(all.keys()));
  assert.deepEqual([...names], ['scripts/testing/lanes.mjs']);
});
