import type { Briefing, Floor, Speaker } from '../../api/contract.ts';

export type StageView =
  | { readonly kind: 'tiles'; readonly tiles: readonly Speaker[] }
  /** soon: not begun. back: the line of `name` dropped. pause: live, and nobody has the floor. */
  | { readonly kind: 'holding'; readonly why: 'soon' | 'pause' }
  | { readonly kind: 'holding'; readonly why: 'back'; readonly name: string };

/** What a viewer sees: the principal first, then by arrival; or a card that says why there is no picture. */
export function stageOf(briefing: Pick<Briefing, 'state'>, floor: Pick<Floor, 'speakers'>): StageView {
  const up = floor.speakers.filter(({ place }) => place !== 'green');
  const onAir = up.filter(({ place }) => place === 'stage');
  const [lost] = up;
  if (onAir.length === 0 && lost) return { kind: 'holding', why: 'back', name: lost.seat.name };
  if (onAir.length === 0) return { kind: 'holding', why: briefing.state === 'live' ? 'pause' : 'soon' };
  return { kind: 'tiles', tiles: up.toSorted(byRank) };
}

const rank = ({ seat }: Speaker): number => (seat.role === 'principal' ? 0 : 1);
const byRank = (a: Speaker, b: Speaker): number => rank(a) - rank(b) || a.since.localeCompare(b.since);
