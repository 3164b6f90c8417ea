import { isDeepStrictEqual } from 'node:util';
import { refuse } from '../../protocol/errors.ts';
import type { Cast, Content, Layout, Programme } from '../../protocol/programme.ts';
import type { Choice, ProgrammeMoment } from './ports.ts';

/** What somebody asks for; what is left out stays. */
export interface Ask {
  readonly layout?: Layout | undefined;
  readonly content?: Content | null | undefined;
}

/** PN6 */
export const emptyProgramme = (briefing: string): Programme => {
  return { briefing, seq: 0, layout: { kind: 'auto' }, content: null, at: null };
};

/**
 * PN1, PN3, PN4: the programme after an act, or null when it stands so already. Pure.
 * @throws DomainError `not-live`, `briefing-closed`, `not-connected`, `bad-request`
 */
export function choose({ programme, briefing, onFloor }: ProgrammeMoment, ask: Ask): Choice | null {
  if (briefing.state === 'closed') throw refuse('briefing-closed', 'the briefing is over');
  if (briefing.state === 'scheduled') throw refuse('not-live', 'the briefing has not been opened yet');
  const { layout = programme.layout, content = programme.content } = ask;
  if (ask.layout) requirePlaces(ask.layout, onFloor);
  if (isDeepStrictEqual([layout, content], [programme.layout, programme.content])) return null;
  return { layout, content };
}

function requirePlaces(layout: Layout, onFloor: ReadonlySet<string>): void {
  const cast = castOf(layout);
  for (const who of cast)
    if (who.by === 'device' && !onFloor.has(who.identity))
      throw refuse('not-connected', 'this device is neither on stage nor in the green room');
  const [one, other] = cast;
  if (one && isDeepStrictEqual(one, other)) throw refuse('bad-request', 'a layout shows nobody twice');
}

function castOf(layout: Layout): readonly Cast[] {
  switch (layout.kind) {
    case 'solo':
      return [layout.who];
    case 'pair':
      return [layout.left, layout.right];
    case 'inset':
      return [layout.large, layout.small];
    case 'content':
      return layout.face ? [layout.face] : [];
    default:
      return [];
  }
}
