import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { alone, askHolder, takeLock } from './lock.mjs';
import { hashOf } from './place.mjs';
import { SetupError } from './progress.mjs';
import { ask, run } from './run.mjs';
import { chooseSources } from './sources.mjs';

test('sources: what is not fetched by HTTP, is switched off or does not parse is left out; the rest also gives source packages', () => {
  const good = 'Types: deb\nURIs: http://mirror.example/debian\nSuites: trixie\nComponents: main';
  const { stanzas, lines } = chooseSources([
    { name: 'a.sources', text: `# a comment\n${good}\n\n${good}\nEnabled: no\n` },
    { name: 'odd.sources', text: '# unsigned\nTypes: deb\nURIs: file:/usr/share/odd\nSuites: ./\nTrusted: yes\n' },
    { name: 'broken.sources', text: 'this is no stanza' },
    {
      name: 'b.list',
      text: 'deb [signed-by=/k.gpg] https://mirror.example/debian trixie main\ndeb cdrom:[x]/ trixie main\n#deb http://off trixie main\n',
    },
    { name: 'c.list.save', text: 'deb http://old.example/debian trixie main\n' },
  ]);
  assert.deepEqual(stanzas, [good.replace('Types: deb', 'Types: deb deb-src')]);
  const line = '[signed-by=/k.gpg] https://mirror.example/debian trixie main';
  assert.deepEqual(lines, [`deb ${line}`, `deb-src ${line}`]);
});

test('lock: the second holder is told who the first is, and a killed holder leaves nothing behind', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lock-'));
  const code = `import { takeLock } from ${JSON.stringify(new URL('./lock.mjs', import.meta.url).href)};
    await takeLock('test', ${JSON.stringify(folder)}, { url: 'here' }); console.log('held'); setInterval(() => undefined, 1000);`;
  const holder = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(holder.stdout, 'data');
  assert.equal(await takeLock('test', folder), undefined);
  assert.deepEqual(await askHolder('test', folder), { pid: holder.pid, url: 'here' });
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  const order = [];
  await Promise.all(
    ['a', 'b'].map((name) =>
      alone(
        'test',
        folder,
        () => order.push('waits'),
        async () => order.push(name),
      ),
    ),
  );
  assert.deepEqual([...order].sort(), ['a', 'b', 'waits']);
  rmSync(folder, { recursive: true });
});

test('run: a failure names the program, its last words and its log', async () => {
  const failing = run('sh', ['-c', 'echo first; echo the reason >&2; exit 3'], {
    name: 'test-run',
    advice: 'Do this.',
  });
  await assert.rejects(
    failing,
    (error) =>
      error instanceof SetupError &&
      /^sh failed: the reason \(all of it in .*test-run\.log\)\. Do this\.$/.test(error.message),
  );
  await assert.rejects(run('/nowhere/program', [], { name: 'test-run' }), /ENOENT/);
  assert.equal(ask('/nowhere/program', []), undefined);
  assert.equal(await run('echo', ['a'], { name: 'test-run' }), 'a\n');
});

test('hashOf: changes with a name or a content, not with what is built', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hash-'));
  const seen = new Set();
  const see = () => seen.add(hashOf(folder));
  see();
  writeFileSync(join(folder, 'a'), '1');
  see();
  writeFileSync(join(folder, 'a'), '2');
  see();
  writeFileSync(join(folder, 'b'), '2');
  see();
  assert.equal(seen.size, 4);
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'dist/c'), '3');
  see();
  assert.equal(seen.size, 4);
  rmSync(folder, { recursive: true });
});
