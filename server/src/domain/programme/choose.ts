import { isDeepStrictEqual } from 'node:util';
import { refuse } from '../../protocol/errors.ts';
import type { Cast, Content, Layout, NamedItem, Programme } from '../../protocol/programme.ts';
import { demandRunning } from '../shared/running.ts';
import type { Choice, ChosenItem, ProgrammeMoment } from './ports.ts';

/** What somebody asks for; what is left out stays. */
export interface Ask {
  readonly layout?: Layout | undefined;
  readonly content?: Content | null | undefined;
}

/** PN6 */
export const emptyProgramme = (briefing: string): Programme => {
  return { briefing, seq: 0, layout: { kind: 'auto' }, content: null, item: null, at: null };
};

/**
 * PN1, PN3, PN4: the programme after an act, or null when it stands so already. Pure.
 * @throws DomainError `not-live`, `briefing-closed`, `not-connected`, `bad-request`
 */
export function choose({ programme, briefing, onFloor }: ProgrammeMoment, ask: Ask): Choice | null {
  demandRunning(briefing.state);
  const { layout = programme.layout, content = programme.content } = ask;
  if (ask.layout) requirePlaces(ask.layout, onFloor);
  if (isDeepStrictEqual([layout, content], [programme.layout, programme.content])) return null;
  return { layout, content };
}

/**
 * PN12, PN13: the item that runs after an act, null for none, or undefined when it is so already. Pure.
 * @throws DomainError `not-live`, `briefing-closed`, `conflict`
 */
export function chooseItem(
  { programme, briefing }: ProgrammeMoment,
  asked: NamedItem | null,
): ChosenItem | null | undefined {
  demandRunning(briefing.state);
  const { item: now } = programme;
  if (!asked) return now ? null : undefined;
  const item = briefing.agenda[asked.nr - 1];
  if (item?.title !== asked.title) throw refuse('conflict', 'the agenda changed in the meantime');
  const chosen = { nr: asked.nr, ...item };
  if (!now) return chosen;
  const { since: _, ...same } = now;
  return isDeepStrictEqual(same, chosen) ? undefined : chosen;
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
