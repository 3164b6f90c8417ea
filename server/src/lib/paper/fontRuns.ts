/** Fonts by name, each with what it can write. */
export interface Face {
  readonly name: string;
  has(codePoint: number): boolean;
}

export interface Run {
  readonly font: string;
  readonly text: string;
}

/**
 * A text in pieces of one font each: the web's font comes in files by script, and none has both `a` and `ệ`. Spaces stay
 * with what stands before them. What no file has is written by the first. Pure.
 */
export function fontRuns(text: string, faces: readonly Face[]): Run[] {
  const runs: Run[] = [];
  for (const letter of text.normalize('NFC')) {
    const last = runs.at(-1);
    const point = letter.codePointAt(0) ?? 0;
    const faceOfLast = faces.find(({ name }) => name === last?.font);
    const face =
      letter === ' ' && faceOfLast?.has(point) ? faceOfLast : (faces.find((one) => one.has(point)) ?? faces[0]);
    if (!face) return [];
    if (last?.font === face.name) runs[runs.length - 1] = { font: last.font, text: last.text + letter };
    else runs.push({ font: face.name, text: letter });
  }
  return runs;
}
