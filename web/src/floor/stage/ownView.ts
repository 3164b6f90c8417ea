import type { Scene, Speaker } from '../../api/contract.ts';
import { CONTENT } from './arrange.ts';

/** What one viewer has chosen for their own screen alone. */
export interface OwnView {
  /** Identity of whom they see large, or `CONTENT`; undefined: as all see it. */
  readonly pinned: string | undefined;
  /** Times as large as the stage; then it is scrolled. */
  readonly zoom: number;
}

export const asAllSee: OwnView = { pinned: undefined, zoom: 1 };
const ZOOMS: readonly number[] = [1, 1.5, 2, 3];

/** PN27: what this viewer sees of a scene; as all see it while whom they have pinned is not there. Pure. */
export function sceneFor({ pinned }: OwnView, scene: Scene, onStage: readonly Speaker[]): Scene {
  if (pinned === undefined || scene.kind === 'card' || scene.kind === 'nobody') return scene;
  if (pinned === CONTENT) return scene.kind === 'content' ? { ...scene, face: null } : scene;
  return onStage.some(({ seat }) => seat.identity === pinned) ? { kind: 'solo', large: pinned } : scene;
}

/** The next larger or smaller one; the same at the end. Pure. */
export function zoomed(zoom: number, by: 1 | -1): number {
  const at = ZOOMS.indexOf(zoom);
  return ZOOMS[Math.min(ZOOMS.length - 1, Math.max(0, at + by))] ?? 1;
}
