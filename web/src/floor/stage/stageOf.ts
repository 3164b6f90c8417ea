import type { Briefing, Floor, Speaker } from '../../api/contract.ts';

export type StageView =
  | { readonly kind: 'tiles'; readonly tiles: readonly Speaker[] }
  /** soon: not begun. coming: who has the floor is not told yet. back: the line of `name` dropped. pause: nobody has it. */
  | { readonly kind: 'holding'; readonly why: 'soon' | 'coming' | 'pause' }
  | { readonly kind: 'holding'; readonly why: 'back'; readonly name: string; readonly identity: string };

/** What a viewer sees: the principal first, then by arrival; or a card that says why there is no picture. */
export function stageOf(briefing: Pick<Briefing, 'state'>, floor: Pick<Floor, 'seq' | 'speakers'>): StageView {
  const up = floor.speakers.filter(({ place }) => place !== 'green');
  const onAir = up.filter(({ place }) => place === 'stage');
  const [lost] = up;
  if (onAir.length === 0 && lost)
    return { kind: 'holding', why: 'back', name: lost.seat.name, identity: lost.seat.identity };
  if (onAir.length === 0 && briefing.state !== 'live') return { kind: 'holding', why: 'soon' };
  if (onAir.length === 0) return { kind: 'holding', why: floor.seq < 0 ? 'coming' : 'pause' };
  return { kind: 'tiles', tiles: up.toSorted(byRank) };
}

/** What is waited for while there is nothing to watch: that it begins, or to be told who has the floor. Pure. */
export const waitedFor = (stage: StageView): 'soon' | 'coming' | undefined =>
  stage.kind === 'holding' && (stage.why === 'soon' || stage.why === 'coming') ? stage.why : undefined;

const rank = ({ seat }: Speaker): number => (seat.role === 'principal' ? 0 : 1);
const byRank = (a: Speaker, b: Speaker): number => rank(a) - rank(b) || a.since.localeCompare(b.since);
