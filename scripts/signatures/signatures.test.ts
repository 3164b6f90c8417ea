import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from './judge.ts';

const of = (status: number, output: string) => judge({ status, output });

test('signatures: where a registry has none, or its keys are out of reach, it says that nothing was verified', () => {
  const words = [
    'npm error found no dependencies to audit that were installed from a supported registry',
    'npm ERR! found no dependencies to audit that where installed from a supported registry',
    'npm error found no installed dependencies to audit',
  ];
  for (const each of words) assert.match(of(1, each).sentence, /^Nothing was verified: this registry has no keys/);
  const away = `npm error code ENOTFOUND
npm error syscall getaddrinfo
npm error network request to https://keys.example/15.root.json failed, reason: getaddrinfo ENOTFOUND keys.example`;
  assert.match(
    of(1, away).sentence,
    /could not get the keys \(https:\/\/keys\.example\/15\.root\.json\)\. What was installed/,
  );
  assert.match(of(1, 'npm ERR! code E404\n').sentence, /could not get the keys\./);
  assert.match(of(0, '').sentence, /nothing that is understood/);
  for (const each of [...words, away, '', 'npm error code E404\n']) assert.equal(of(1, each).status, 3);
});

test('signatures: a wrong or a missing one is never called right', () => {
  const verified = 'audited 590 packages in 3s\n\n588 packages have verified registry signatures\n';
  assert.deepEqual(of(0, verified), { status: 0, sentence: "The registry's signatures of 588 packages are right." });
  const wrong = `${verified}\n1 package has an invalid registry signature:\n\nevil@1.0.0 (https://registry.example/)\n`;
  assert.equal(of(1, wrong).status, 1);
  assert.match(of(1, wrong).sentence, /WRONG/);
  const missing = '2 packages have missing registry signatures but the registry is providing signing keys:';
  assert.equal(of(1, `${verified}\n${missing}`).status, 1);
  assert.equal(of(1, `${verified}\n3 packages have invalid attestations:`).status, 1);
  assert.equal(of(1, verified).status, 3, 'npm was not content, and did not say with what');
});
