import { SdpError } from '../../server/src/media/sdp/index.ts';
import { exerciseAnswer, exerciseOffer } from '../../server/test/support/sdp/exercise.ts';

/** One input is one description, tried as a publisher's offer and as a viewer's answer. */
export function fuzz(data: Buffer): void {
  const text = data.toString('utf8');
  for (const exercise of [() => exerciseOffer(text), () => exerciseAnswer(text, 3)]) {
    try {
      exercise();
    } catch (error) {
      if (!(error instanceof SdpError)) throw error;
    }
  }
}
