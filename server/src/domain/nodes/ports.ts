import type { NodeEvent } from '../../protocol/nodes.ts';
import type { PlaceableNode } from './place.ts';

/** One run of a node's process. */
export interface NodeRun {
  readonly node: string;
  readonly boot: string;
}

/** What a node says of itself each second. */
export interface NodeSays extends Omit<PlaceableNode, 'boot'> {
  readonly version: string;
  /** PL28; undefined: the version before does not say it. */
  readonly memoryMb?: number | undefined;
  readonly pipePorts?: number | undefined;
  /** ms */
  readonly since: number;
  readonly load: PlaceableNode['load'] & { readonly viewers: number; readonly devices: number };
  readonly drained: boolean;
}

/** As the others know it; a neighbouring version may say nothing. */
export interface KnownNode extends NodeRun {
  readonly about?: NodeSays | undefined;
}

/** What a node is asked for when somebody looks. */
export interface NodeReport {
  readonly address: string;
  readonly pipeAddress: string;
  readonly pipes: readonly NodeInflow[];
  /** By the path of a unit below the root; '' is everybody else. */
  readonly viewers: readonly [path: string, viewers: number][];
}

/** All that comes from one other node. */
export interface NodeInflow {
  /** A boot. */
  readonly from: string;
  readonly tracks: number;
  readonly relayed: number;
  readonly packets: number;
  readonly lost: number | null;
}

/** Something that happened to a node, as it is written down. */
export interface NodeHappening extends NodeRun {
  readonly at: Date;
  readonly kind: NodeEvent['kind'];
  readonly detail?: string | undefined;
  readonly briefing?: string | undefined;
  readonly epoch?: number | undefined;
}

/** What happened last of those that say whether a node is there. */
export type LastSeen = Pick<NodeHappening, 'at' | 'kind'>;

export interface NodeEventStore {
  /** @param isNews asked under a lock, with what is known of the life of the boot */
  note(event: NodeHappening, isNews: (last: LastSeen | undefined, event: NodeHappening) => boolean): Promise<void>;
  /** The newest first. */
  last(most: number): Promise<readonly NodeEvent[]>;
  /** Forgets all but the newest. */
  forget(keep: number): Promise<void>;
}
