import { setImmediate as turn } from 'node:timers/promises';
import type { SfuRoom } from '../../media/sfu/types.ts';

/** Has the SFU told at once, when it is done, of all tracks that pause or resume by what is done, over however many turns. */
export async function toldAtOnce(
  sfu: Pick<SfuRoom, 'gather'>,
  act: () => Promise<void>,
  isFirst = false,
): Promise<void> {
  const tell = sfu.gather(isFirst);
  try {
    await act();
    // What follows from it in promises has been asked for by then.
    await turn();
  } finally {
    tell();
  }
}
