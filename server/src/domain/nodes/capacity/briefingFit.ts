import type { BriefingFit } from '../../../protocol/briefing.ts';
import { refuse } from '../../../protocol/errors.ts';
import type { CapacitySetting, PlannedEvent } from './capacity.ts';
import { fitNodes, type RegisteredNode } from './fitNodes.ts';

/** What a briefing is reckoned with beside its audience and the nodes: `dh plan` takes the same unless it is told otherwise. */
export const ASSUMED = {
  /** Fraction of devices on lines that carry the lowest layer alone. */
  weakShare: 0.2,
  /** What a node does not say of itself: its line where nobody has set it, memory and ports where it is of the version before. */
  machine: { gbit: 10, memoryGb: 32, pipePorts: 1_000 },
} as const;

/** Layers of a camera on stage, lowest first; bitrate in bit/s. */
type CameraLayers = readonly { readonly bitrate: number; readonly frameRate: number }[];

/** What so many devices are shown who watch one stage. */
export function audienceOf(devices: number, camera: CameraLayers): PlannedEvent {
  const [low, main] = [camera[0], camera.at(-1)];
  if (!low || !main) throw new Error('a camera has no layers');
  return {
    provinces: [{ name: '', devices }],
    main: { layer: 'high', bitrate: main.bitrate, frameRate: main.frameRate },
    low,
    weakShare: ASSUMED.weakShare,
    stages: 1,
  };
}

/** PL29: how a briefing fits the nodes; undefined: which nodes there are is not known now. */
export function briefingFit(
  { costs, joins }: Pick<CapacitySetting, 'costs' | 'joins'>,
  event: PlannedEvent,
  registered: readonly RegisteredNode[] | undefined,
): BriefingFit {
  const devices = event.provinces.reduce((sum, { devices: count }) => sum + count, 0);
  if (!registered)
    return { verdict: 'unknown', devices, nodes: 0, carries: 0, withoutLargest: 0, missing: 0, short: [] };
  const machine = { cores: 2, ...ASSUMED.machine };
  const found = fitNodes({ costs, event, joins, machine }, registered);
  const verdict = found.missing > 0 ? 'does-not-fit' : found.missingWithoutLargest > 0 ? 'no-spare' : 'fits';
  const ends = found.nodes.flatMap(({ limit }) => (limit === undefined ? [] : [limit]));
  return {
    ...{ verdict, devices, nodes: registered.length, carries: found.carries },
    ...{ withoutLargest: found.withoutLargest, missing: found.missing },
    short: verdict === 'fits' ? [] : [...new Set(ends)],
  };
}

/** What an act says on record of a briefing that does not fit. */
export interface Overload {
  readonly reason: string;
  readonly devices: number;
  readonly nodes: number;
  readonly carries: number;
}

/**
 * The reason on record, while no more devices lack room than it was given for [PL30].
 * @param given what the newest act says that took a reason
 */
export function reasonThatHolds(fit: BriefingFit, given: Overload | undefined): string | undefined {
  if (fit.verdict !== 'does-not-fit' || !given) return undefined;
  return fit.devices - fit.carries <= given.devices - given.carries ? given.reason : undefined;
}

/**
 * PL30: a briefing that does not fit is taken with a reason alone, which goes on record with the figures; one that fits needs
 * none, and a reason is not kept. @throws DomainError `does-not-fit`
 */
export function demandFit(fit: BriefingFit, reason: string | undefined): Overload | undefined {
  if (fit.verdict !== 'does-not-fit') return undefined;
  const { devices, nodes, carries, short } = fit;
  if (reason === undefined)
    throw refuse(
      'does-not-fit',
      `${devices} devices are expected, and the nodes that are registered (${nodes}) carry ${carries}: ` +
        `${short.length === 0 ? 'none takes viewers' : `short of ${short.join(', ')}`}; give a reason to hold it all the same`,
    );
  return { reason, devices, nodes, carries };
}
