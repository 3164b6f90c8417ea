import type { PictureCap } from '../../domain/shared/stage.ts';

/** TR16: of a camera on a stage above the one that is shown. */
export const ASIDE: PictureCap = { layers: 1, halfFrames: true };

export const isSameCap = (a: PictureCap | undefined, b: PictureCap | undefined): boolean =>
  a?.layers === b?.layers && (a?.halfFrames ?? false) === (b?.halfFrames ?? false);

/** PN11: the layer that is forwarded, of the one that the viewer would get. */
export const cappedLayer = (layer: number, cap: PictureCap | undefined): number =>
  cap ? Math.min(layer, Math.max(cap.layers, 1) - 1) : layer;

/** Of three temporal layers the second holds every other frame. undefined: all of them. */
export const cappedFrames = (temporal: number | undefined, cap: PictureCap | undefined): number | undefined =>
  cap?.halfFrames ? Math.min(temporal ?? 1, 1) : temporal;
