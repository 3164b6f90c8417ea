import { type Notice, type NoticeName, notices } from '../../../protocol/channel.ts';
import type { ChannelServer } from './types.ts';

interface Target {
  emit(name: string, notice: unknown): unknown;
}

/**
 * Sends a notice, checked once by its schema however many hear it. To a room only those of this node: other nodes learn
 * of the change itself and tell their own.
 */
export function tell<N extends NoticeName>(target: unknown, name: N, notice: Notice<N>): void {
  (target as Target).emit(name, notices[name].parse(notice));
}

/** Whether anybody on this node is in the room. */
export const isHeard = (io: ChannelServer, room: string): boolean => io.of('/').adapter.rooms.has(room);
