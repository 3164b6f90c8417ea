import { readFile } from 'node:fs/promises';
import { type LoadHook, stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Hands TypeScript to the next loader as plain JavaScript: the fuzzer's instrumentation knows nothing else. */
export const load: LoadHook = async (url, context, next) => {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return next(url, context);
  const source = stripTypeScriptTypes(await readFile(fileURLToPath(url), 'utf8'));
  return { format: 'module', source, shortCircuit: true };
};
