import type { Call } from '../contract.ts';
import type { ChannelState } from './ChannelState.ts';

type Known = Pick<ChannelState, 'ring' | 'lastCall' | 'callNews'>;

/**
 * A call of which something is new. The outcome is what it was when the call ended: that somebody has read of it since
 * (SC16), or that it was answered at another device, is no outcome.
 */
export function takeOver({ ring, lastCall, callNews }: Known, call: Call): Known {
  const isEnd = call.state !== 'ringing' && call.state !== 'accepted' && call.seen === undefined;
  return {
    ring: ring?.id === call.id ? undefined : ring,
    lastCall: isEnd ? call : lastCall,
    callNews: callNews + 1,
  };
}
