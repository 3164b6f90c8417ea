import type { Sender } from '../bus/envelope.ts';
import type { Appointment, CarrierMoment, Tenure } from './ports.ts';

/** CL32: a node that was not seen to beat for so long may be followed. */
export const LOST_MS = 3_000;
/** The standby has what is needed to take over, so others give it one beat more. */
export const HEAD_START_MS = 1_500;

/** A moment, and what this node has seen of both since when. */
export interface Watched extends Pick<CarrierMoment, 'running'> {
  readonly tenure: Tenure | undefined;
  /** For how long this node has seen no beat of the carrier, by its own monotonic clock, ms. */
  readonly silentMs: number;
  readonly standbySilentMs: number;
}

/** CL31, CL32: a node that would carry the briefing, or stand by. null: it is in good hands. */
export function claimed(moment: Watched, self: Sender): Appointment | null {
  const { running, tenure, silentMs } = moment;
  if (!running || isSelf(tenure?.carrier, self)) return null;
  const standby = livingStandby(moment);
  const { carrier } = tenure ?? {};
  if (!carrier) return { carrier: self, standby: isSelf(standby, self) ? null : standby };
  const patience = standby && !isSelf(standby, self) ? LOST_MS + HEAD_START_MS : LOST_MS;
  if (silentMs >= patience) return { carrier: self, standby: isSelf(standby, self) ? null : standby };
  return standby ? null : { carrier, standby: self };
}

/** CL34: a node that goes hands over what it carries. */
export function released(moment: Watched, self: Sender): Appointment | null {
  const { tenure } = moment;
  if (!tenure) return null;
  if (isSelf(tenure.carrier, self)) return { carrier: livingStandby(moment), standby: null };
  return isSelf(tenure.standby, self) ? { carrier: tenure.carrier, standby: null } : null;
}

const isSelf = (one: Sender | null | undefined, self: Sender): boolean => one?.boot === self.boot;

const livingStandby = ({ tenure, standbySilentMs }: Watched): Sender | null =>
  standbySilentMs < LOST_MS ? (tenure?.standby ?? null) : null;
