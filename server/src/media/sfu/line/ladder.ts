/**
 * What a line carries besides sound: nothing, a picture up to a layer (and a frame rate), or whatever the viewer wants.
 */
export type LineStep =
  | { readonly video: 'none' }
  | { readonly video: 'capped'; readonly spatial: number; readonly temporal?: number }
  | { readonly video: 'free' };

/**
 * From sound alone to everything, for tracks of that many layers. Sound is on every step: it is never the thing to go.
 */
export function ladder(layers: number): readonly LineStep[] {
  return [
    { video: 'none' },
    // A quarter of the frames of the lowest layer: a slow picture, but a living one.
    { video: 'capped', spatial: 0, temporal: 0 },
    ...Array.from({ length: Math.max(1, layers - 1) }, (_, spatial) => ({ video: 'capped' as const, spatial })),
    { video: 'free' },
  ];
}

/** The lowest layer at its full frame rate; where a line that shows trouble is put at once. */
export const LOWEST_WHOLE = 2;
