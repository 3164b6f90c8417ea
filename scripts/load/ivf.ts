/** Encoded frames with their rate; IVF is the simplest container that players know for VP8. */
export interface IvfFile {
  readonly fourcc: string;
  readonly width: number;
  readonly height: number;
  /** Frames in a second; kept with a precision of 1/1000. */
  readonly fps: number;
  readonly frames: readonly Buffer[];
  /** Temporal layer of each frame, in groups of four; a file does not say. */
  readonly temporal?: readonly number[];
}

export function writeIvf(file: IvfFile): Buffer {
  const header = Buffer.alloc(32);
  header.write('DKIF', 0, 'latin1');
  header.writeUInt16LE(32, 6);
  header.write(file.fourcc, 8, 'latin1');
  header.writeUInt16LE(file.width, 12);
  header.writeUInt16LE(file.height, 14);
  header.writeUInt32LE(Math.round(file.fps * 1000), 16);
  header.writeUInt32LE(1000, 20);
  header.writeUInt32LE(file.frames.length, 24);
  const parts = file.frames.flatMap((frame, i) => {
    const head = Buffer.alloc(12);
    head.writeUInt32LE(frame.length, 0);
    head.writeUInt32LE(i, 4);
    return [head, frame];
  });
  return Buffer.concat([header, ...parts]);
}

export function readIvf(data: Buffer): IvfFile {
  if (data.toString('latin1', 0, 4) !== 'DKIF') throw new Error('not an IVF file');
  const frames: Buffer[] = [];
  for (let at = data.readUInt16LE(6); at + 12 <= data.length; ) {
    const size = data.readUInt32LE(at);
    frames.push(data.subarray(at + 12, at + 12 + size));
    at += 12 + size;
  }
  return {
    fourcc: data.toString('latin1', 8, 12),
    width: data.readUInt16LE(12),
    height: data.readUInt16LE(14),
    fps: data.readUInt32LE(16) / data.readUInt32LE(20),
    frames,
  };
}
