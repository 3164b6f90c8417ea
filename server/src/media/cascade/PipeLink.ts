import type { PlanNode } from './planOf.ts';

/** One run of a node's process. */
export interface NodeBoot {
  readonly node: string;
  readonly boot: string;
}

/** One of them, with what matters for who sends to whom (CL33). */
export type LinkedNode = NodeBoot & PlanNode;

/** Where one end of a pipe takes media, and the key that it encrypts by (base64). */
export interface PipeEnd {
  readonly ip: string;
  readonly port: number;
  readonly key: string;
}

/** What a node wants of a pipe that it has: how many layers, from the lowest; 0 is nothing at present. */
export interface PipeWish {
  readonly pipe: string;
  readonly layers: number;
  /** A whole picture is asked for, since requests by the pipe itself do not arrive. (CL71) */
  readonly picture?: boolean | undefined;
}

export interface PullAsk extends PipeWish {
  /** The track. */
  readonly sid: string;
  /** Where it is to be sent. */
  readonly end: PipeEnd;
  /** The path to its publisher's node is broken: it is to be handed on by one that has it straight from there (CL29). */
  readonly relay: boolean;
}

export interface PulledTrack {
  readonly end: PipeEnd;
  /** As the SFU of the other node has them; the one that gets them examines them. */
  readonly rtpParameters: Readonly<Record<string, unknown>>;
  readonly paused: boolean;
}

/** How a pipe stands at the node that sends. */
export interface PipeState {
  readonly pipe: string;
  /** `gone`: there is no such pipe; the track may be there. */
  readonly state: 'flowing' | 'paused' | 'gone';
  /** Bytes of media that went out. */
  readonly sent: number;
  /** No report of the other node comes by it, though media goes out: requests for a picture do not arrive either. (CL71) */
  readonly unanswered?: boolean | undefined;
}

/**
 * What an SFU asks of those of other nodes. Each is answered, or rejects: silence is no answer. Filled by `compose` with
 * requests between nodes.
 */
export interface PipeLink {
  readonly self: LinkedNode;
  /** The others that are living. */
  nodes(): Promise<readonly LinkedNode[]>;
  /** The same as of the last look, without a question. */
  known(): readonly LinkedNode[];
  /** @returns undefined: that node has no such track */
  pull(from: NodeBoot, ask: PullAsk): Promise<PulledTrack | undefined>;
  /** Says what is wanted from now on, and hears how all of these stand. */
  renew(from: NodeBoot, wishes: readonly PipeWish[]): Promise<readonly PipeState[]>;
  drop(from: NodeBoot, pipes: readonly string[]): Promise<void>;
  /** Tells the one that receives. */
  tell(to: NodeBoot, state: PipeState): Promise<void>;
}

/** The other side of it: what an SFU answers those of other nodes. */
export interface PipeAnswers {
  pull(by: NodeBoot, ask: PullAsk): Promise<PulledTrack | undefined>;
  renew(by: NodeBoot, wishes: readonly PipeWish[]): Promise<readonly PipeState[]>;
  drop(by: NodeBoot, pipes: readonly string[]): void;
  told(by: NodeBoot, state: PipeState): void;
}
