/** Several signal frames in one input: two bytes of length (the highest bit: a text frame), then the frame. */
export interface Frame {
  readonly text: boolean;
  readonly data: Buffer;
}

const MAX_FRAMES = 12;

export function joinFrames(frames: readonly Frame[]): Buffer {
  return Buffer.concat(
    frames.flatMap(({ text, data }) => {
      const head = Buffer.alloc(2);
      head.writeUInt16LE((text ? 0x8000 : 0) | data.length);
      return [head, data];
    }),
  );
}

/** Whatever the bytes are, frames come out of it; the last one takes what is left. */
export function splitFrames(input: Buffer): Frame[] {
  const frames: Frame[] = [];
  for (let at = 0; at + 2 <= input.length && frames.length < MAX_FRAMES; ) {
    const head = input.readUInt16LE(at);
    const length = head & 0x7fff;
    frames.push({ text: (head & 0x8000) !== 0, data: input.subarray(at + 2, at + 2 + length) });
    at += 2 + length;
  }
  return frames;
}
