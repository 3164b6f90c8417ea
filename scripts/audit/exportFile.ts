import { createReadStream } from 'node:fs';
import { type RecordLine, recordLineSchema } from '../../server/src/domain/record/recordLine.ts';
import { byLine } from '../../server/src/lib/byLine.ts';
import { writeWhole } from '../../server/src/lib/writeWhole.ts';

/** One JSON value a line. @returns how many lines */
export async function writeExport(file: string, lines: AsyncIterable<RecordLine>): Promise<number> {
  let count = 0;
  const text = async function* () {
    for await (const line of lines) {
      count++;
      yield `${JSON.stringify(line)}\n`;
    }
  };
  await writeWhole(file, text());
  return count;
}

/** @throws Error that names the first line which no export has: the file was altered, damaged, or is of another kind */
export async function* readExport(file: string): AsyncGenerator<RecordLine> {
  let nr = 0;
  for await (const bytes of byLine(createReadStream(file))) {
    nr++;
    yield parse(bytes.toString(), `${file}: line ${nr} is not what an export says there`);
  }
}

function parse(text: string, wrong: string): RecordLine {
  try {
    return recordLineSchema.parse(JSON.parse(text));
  } catch {
    throw new Error(wrong);
  }
}
