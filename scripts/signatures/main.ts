/** Verifies the registry's signatures of all packages, where the registry has them. usage: npm run dh -- signatures */
import { spawnSync } from 'node:child_process';
import { npm } from '../setup/packages.mjs';
import { root } from '../setup/place.mjs';
import { runCommand } from '../support/openDatabase.ts';
import { judge } from './judge.ts';

const usage = `usage: npm run dh -- signatures

Asks the npm registry of this machine for the signature of each installed package and verifies it (npm audit signatures). A mirror of a closed
network often has none, and newer npm fetches the keys from sigstore: then it says that nothing was verified.

Exit status: 0 all signatures are right, 1 one is wrong or missing, 3 nothing could be verified.`;

/** A registry that is not there is said so after some seconds, not after minutes. */
const IMPATIENT = ['--fetch-retries=0', '--fetch-timeout=30000'];

runCommand(usage, async () => {
  const [program = 'npm', ...first] = npm();
  const args = [...first, 'audit', 'signatures', ...IMPATIENT];
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: root, encoding: 'utf8' });
  const output = `${stdout}\n${stderr}`;
  console.error(output.trim());
  const { status: exit, sentence } = judge({ status, output });
  console.log(sentence);
  process.exitCode = exit;
});
