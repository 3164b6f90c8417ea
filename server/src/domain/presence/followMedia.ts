import type { EventEmitter } from 'node:events';
import { participantAttributes } from '../../protocol/briefing.ts';
import { unitCodeSchema, unitPathSchema } from '../../protocol/organisation.ts';
import type { Line } from '../../protocol/presence.ts';
import type { Presence, Sighting } from './Presence.ts';

interface Facts {
  readonly room: string;
  readonly identity: string;
  readonly sid: string;
  readonly attributes: Readonly<Record<string, string>>;
}
type Quality = 'excellent' | 'good' | 'poor' | 'lost';

/** What the hall says of media. The room of a briefing is named by its id. */
export interface MediaEvents
  extends EventEmitter<{
    active: [Facts];
    lineLost: [Facts];
    lineBack: [Facts];
    left: [Facts & { readonly reason: string }];
    quality: [Facts & { readonly quality: Quality }];
  }> {
  participants(room: string): readonly (Facts & { readonly active: boolean; readonly quality: Quality })[];
}

/**
 * Carries what the hall sees into presence, and the line of each device to whoever keeps the floor.
 * @returns stops it: what a closing hall says is no news about anybody
 */
export function followMedia(
  hall: MediaEvents,
  presence: Presence,
  line: (briefing: string, identity: string, line: 'lost' | 'back') => unknown,
): () => void {
  /** Which participant speaks for a device: the farewell of one that was replaced says nothing about the device. */
  const current = new Map<string, string>();
  const key = ({ room, identity }: Facts) => `${room}/${identity}`;
  const isCurrent = (facts: Facts) => current.get(key(facts)) === facts.sid;

  const onActive = (facts: Facts) => {
    current.set(key(facts), facts.sid);
    presence.media(sightingOf(facts), 'good');
    line(facts.room, facts.identity, 'back');
  };
  const onBack = (facts: Facts) => {
    if (!isCurrent(facts)) return;
    presence.media(sightingOf(facts), 'good');
    line(facts.room, facts.identity, 'back');
  };
  const onLost = (facts: Facts) => {
    if (!isCurrent(facts)) return;
    presence.media(sightingOf(facts), 'lost');
    line(facts.room, facts.identity, 'lost');
  };
  const onLeft = (facts: Facts) => {
    if (!isCurrent(facts)) return;
    current.delete(key(facts));
    presence.media(sightingOf(facts), 'off');
    line(facts.room, facts.identity, 'lost');
  };
  const onQuality = (facts: Facts & { readonly quality: Quality }) => {
    if (!isCurrent(facts) || facts.quality === 'lost') return;
    presence.quality(facts.room, facts.identity, facts.quality === 'poor' ? 'weak' : 'good');
  };
  hall.on('active', onActive).on('lineBack', onBack).on('lineLost', onLost).on('left', onLeft).on('quality', onQuality);
  return () => {
    hall.off('active', onActive).off('lineBack', onBack).off('lineLost', onLost).off('left', onLeft);
    hall.off('quality', onQuality);
  };
}

/** Who is connected already, for a board that is opened while the hall goes on. */
export const present = (hall: MediaEvents, room: string): (Sighting & { line: Line })[] =>
  hall
    .participants(room)
    .filter((p) => p.active)
    .map((p) => ({ ...sightingOf(p), line: p.quality === 'poor' ? 'weak' : 'good' }));

/** What a foreign token says of itself is looked at: one that is no unit must not stop the record of the others. */
function sightingOf({ room, identity, attributes }: Facts): Sighting {
  const unit = unitCodeSchema.safeParse(attributes[participantAttributes.unit]).data ?? '';
  const path = unitPathSchema.safeParse(attributes[participantAttributes.path]).data ?? unit;
  return { briefing: room, identity, unit, path };
}
