/** PN8: who speaks keeps the place through pauses of this length. */
export const PAUSE_MS: number = 1_500;
/** PN8: a cough is no speech. */
export const SPEECH_MS: number = 1_200;
/** PN8: after a cut. */
export const SHOT_MS: number = 3_000;
/** PN8: the picture of somebody whose line is lost gives way after this time. */
export const GIVES_WAY_MS: number = 5_000;
