import { chime } from '../../ui/ringTone.ts';

/** Three rising notes: nobody takes it for a call, which has two and does not stop. */
const NOTES_HZ = [523, 659, 784] as const;
const TIMES = 3;
const PERIOD_MS = 1_900;

/** Sounds three times, then leaves the room to the speaker; a phone also shakes. @returns what ends it earlier */
export function callRoll(): () => void {
  let left = TIMES;
  const once = (): void => {
    void chime(NOTES_HZ);
    navigator.vibrate?.([160, 80, 160, 80, 160]);
    if (--left === 0) clearInterval(timer);
  };
  const timer = setInterval(once, PERIOD_MS);
  once();
  return () => {
    clearInterval(timer);
    navigator.vibrate?.(0);
  };
}
