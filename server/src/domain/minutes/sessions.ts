import type { UnitCode, UnitPath } from '../../protocol/organisation.ts';
import { type SpeechesByStage, type StageAct, speechesByStage } from './speeches.ts';

/** TR17: a session that a unit held for itself inside of a briefing: its times, and nobody else's. */
export interface UnitSession {
  readonly unit: UnitCode;
  readonly path: UnitPath;
  readonly name: string;
  /** At least one. */
  readonly times: readonly { readonly from: string; readonly to: string }[];
}

/**
 * TR17: sessions in which somebody stood, in the order of their beginnings. A stage on which nobody was is none. Pure.
 * @param end of the briefing: none goes on longer @param said where somebody has read it already
 */
export function sessionsOf(
  acts: readonly StageAct[],
  end: string,
  said: SpeechesByStage = speechesByStage(acts, end),
): UnitSession[] {
  const open = new Map<UnitPath, string>();
  const found = new Map<UnitPath, UnitSession>();
  const close = (path: UnitPath, at: string): void => {
    const [from, session] = [open.get(path), found.get(path)];
    open.delete(path);
    if (from === undefined || !session) return;
    const to = Date.parse(at) < Date.parse(end) ? at : end;
    found.set(path, { ...session, times: [...session.times, { from, to }] });
  };
  for (const { at, changes } of acts)
    for (const change of changes) {
      if (change.kind === 'stage-off') close(change.path, at);
      if (change.kind !== 'stage') continue;
      const { unit, path, name } = change.stage;
      open.set(path, at);
      found.set(path, { unit, path, name, times: found.get(path)?.times ?? [] });
    }
  for (const path of [...open.keys()]) close(path, end);
  return [...found.values()].filter(({ path }) => said.has(path));
}
