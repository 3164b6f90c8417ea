import { FrameAttack } from '../../server/test/support/signals/FrameAttack.ts';

const INPUTS_BETWEEN_CHECKS = 200;

const attack = await FrameAttack.create();
let inputs = 0;

/** One input is up to twelve frames of one client. */
export async function fuzz(data: Buffer): Promise<void> {
  inputs += 1;
  if (inputs % INPUTS_BETWEEN_CHECKS === 0) await attack.check();
  await attack.send(data);
}
