import { Store } from '../lib/Store.ts';

interface Loudspeaker {
  /** From 0 to 1. */
  readonly volume: number;
  /** Where sound goes to; empty: where the system sends it. */
  readonly device: string;
}

const MEMORY = 'dh.loudspeaker';

/** How loud, and from which device, everything of the briefing sounds on this computer. */
export const loudspeaker = new Store<Loudspeaker>(recall());

export function setLoudspeaker(change: Partial<Loudspeaker>): void {
  loudspeaker.set(change);
  try {
    localStorage.setItem(MEMORY, JSON.stringify(loudspeaker.get()));
  } catch {
    // As long as the page is open.
  }
}

/** Whether this browser lets pages choose where their sound goes. */
export const choosesOutput = (): boolean => 'setSinkId' in HTMLMediaElement.prototype;

/** Makes an element sound so. A device that was pulled out sounds where the system sends it. */
export function playThrough(element: HTMLMediaElement, { volume, device }: Loudspeaker): void {
  element.volume = volume;
  if (choosesOutput() && element.sinkId !== device) element.setSinkId(device).catch(() => undefined);
}

function recall(): Loudspeaker {
  const usual = { volume: 1, device: '' };
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(MEMORY) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return usual;
    const { volume, device } = kept as Record<string, unknown>;
    return {
      volume: typeof volume === 'number' && volume >= 0 && volume <= 1 ? volume : 1,
      device: typeof device === 'string' ? device : '',
    };
  } catch {
    return usual;
  }
}
