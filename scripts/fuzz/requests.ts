import { NodeAttack } from '../../server/test/support/requests/NodeAttack.ts';

/** One check costs a hundred inputs. */
const INPUTS_BETWEEN_CHECKS = 2_000;

/** Feeds inputs to a whole node of this process, and looks at it now and then. @param way what an input is */
export async function attackNode(way: 'request' | 'acts'): Promise<(data: Buffer) => Promise<void>> {
  const attack = await NodeAttack.create();
  let inputs = 0;
  return async (data) => {
    inputs += 1;
    if (inputs % INPUTS_BETWEEN_CHECKS === 0) await attack.check();
    await attack[way](data);
  };
}
