import type { Seat, Speaker } from '../../protocol/floor.ts';
import type { Speech } from '../../protocol/minutes.ts';
import type { UnitPath } from '../../protocol/organisation.ts';
import type { CardShown } from '../floor/airTime.ts';
import type { FloorChange } from '../floor/FloorState.ts';
import { isBelow } from '../shared/territory.ts';

/** What an act of the floor says of stages, and of who is on them. */
export interface StageAct {
  readonly at: string;
  readonly changes: readonly StageChange[];
}
type StageChange = Extract<
  FloorChange,
  { readonly kind: 'speaker' | 'speaker-off' | 'entered' | 'gather' | 'stage' | 'stage-off' }
>;
const KINDS: ReadonlySet<string> = new Set(['speaker', 'speaker-off', 'entered', 'gather', 'stage', 'stage-off']);
export const isOfStages = (change: FloorChange): change is StageChange => KINDS.has(change.kind);

interface Standing {
  seat: Seat;
  readonly stage: UnitPath | undefined;
  readonly from: string;
  hasLine: boolean;
  /** Since when they are seen and heard; undefined: they are not. */
  up: number | undefined;
  ms: number;
}

/** By the stage on which they were spoken, the path of its unit; undefined: the briefing's own. */
export type SpeechesByStage = ReadonlyMap<UnitPath | undefined, readonly Speech[]>;

/**
 * MN4: who was on which stage from when to when, in the order in which they came. Time without a line, or while they
 * looked at another stage, also one that all were shown (TR11), is no time on stage, nor is time under a card on the
 * briefing's own (PN15), and coming back after it is no second time. A device is on one stage at a time (TR4). Pure.
 * @param end of the briefing: nobody stays longer @param cards in their order
 */
export function speechesByStage(
  acts: readonly StageAct[],
  end: string,
  cards: readonly CardShown[] = [],
): SpeechesByStage {
  const standing = new Map<string, Standing>();
  const speeches = new Map<UnitPath | undefined, Speech[]>();
  const looks = new Map<string, UnitPath>();
  const open = new Set<UnitPath>();
  const eyes = new Set<UnitPath>();
  const changesOfCard = [...cards];
  let card = false;
  /** What is open and entered is another stage than the briefing's own. */
  const isAway = ({ seat, stage }: Standing): boolean => {
    if (card && stage === undefined) return true;
    const look = looks.get(seat.identity);
    if (look === undefined) return stage !== undefined && [...eyes].some((path) => isBelow(stage, path));
    return look !== stage && (stage !== undefined || open.has(look));
  };
  const settle = (one: Standing | undefined, at: string): void => {
    if (!one) return;
    if (one.hasLine && !isAway(one)) one.up ??= Date.parse(at);
    else pause(one, at);
  };
  const leave = (identity: string, at: string): void => {
    const one = standing.get(identity);
    if (!one) return;
    standing.delete(identity);
    const to = Date.parse(at) < Date.parse(end) ? at : end;
    pause(one, to);
    const { unit, path, name, role, person } = one.seat;
    const said = { unit, path, name, role, person, from: one.from, to, seconds: Math.round(one.ms / 1000) };
    const there = speeches.get(one.stage);
    if (there) there.push(said);
    else speeches.set(one.stage, [said]);
  };
  const showCardsUntil = (moment: number): void => {
    for (let next = changesOfCard[0]; next && next.at.getTime() <= moment; next = changesOfCard[0]) {
      changesOfCard.shift();
      if (next.card === card) continue;
      card = next.card;
      for (const one of standing.values()) settle(one, next.at.toISOString());
    }
  };
  for (const { at, changes } of acts) {
    showCardsUntil(Date.parse(at));
    for (const change of changes) {
      if (change.kind === 'stage') open.add(change.stage.path);
      if (change.kind === 'stage-off') open.delete(change.path);
      if (change.kind === 'speaker-off') leave(change.identity, at);
      if (change.kind === 'entered') {
        if (change.stage === null) looks.delete(change.identity);
        else looks.set(change.identity, change.stage);
        settle(standing.get(change.identity), at);
      }
      if (change.kind === 'gather') {
        if (change.gather.eyes) eyes.add(change.gather.path);
        else eyes.delete(change.gather.path);
        for (const one of standing.values()) settle(one, at);
      }
      if (change.kind !== 'speaker') continue;
      const { seat, place, stage } = change.speaker;
      const known = standing.get(seat.identity);
      if (place === 'green' || (known && known.stage !== stage)) leave(seat.identity, at);
      if (place !== 'green') settle(stand(standing, change.speaker, at), at);
    }
  }
  showCardsUntil(Date.parse(end));
  for (const identity of [...standing.keys()]) leave(identity, end);
  for (const there of speeches.values()) there.sort((a, b) => Date.parse(a.from) - Date.parse(b.from));
  return speeches;
}

/** @param on TR17: the stage of which unit; left out: the briefing's own (TR9) */
export const speechesOf = (
  acts: readonly StageAct[],
  end: string,
  on?: UnitPath,
  cards: readonly CardShown[] = [],
): readonly Speech[] => speechesByStage(acts, end, cards).get(on) ?? [];

function stand(standing: Map<string, Standing>, { seat, place, stage }: Speaker, at: string): Standing {
  const hasLine = place === 'stage';
  const one = standing.get(seat.identity) ?? { seat, stage, from: at, hasLine, up: undefined, ms: 0 };
  standing.set(seat.identity, one);
  one.seat = seat.person ? seat : { ...seat, person: one.seat.person };
  one.hasLine = hasLine;
  return one;
}

function pause(one: Standing, at: string): void {
  if (one.up !== undefined) one.ms += Math.max(0, Date.parse(at) - one.up);
  one.up = undefined;
}
