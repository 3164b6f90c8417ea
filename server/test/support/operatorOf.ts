import assert from 'node:assert/strict';
import { dh } from './dh.ts';
import { databaseEnv } from './serverOf.ts';
import { secretOf } from './TestNode.ts';

/** The link of a new operator, whom the demo has none of, made by the command line. @returns its secret */
export async function operatorOf(
  { stores }: { readonly stores: { readonly databaseUrl: string } },
  unit: string,
): Promise<string> {
  const args = ['create', '--role', 'operator', '--unit', unit, '--name', 'Quản trị'];
  const { out, err } = await dh('account/main', args, databaseEnv(stores.databaseUrl));
  assert.match(out, /#l=/, err);
  return secretOf(out.trim());
}
