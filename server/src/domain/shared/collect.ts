import { refuse } from '../../protocol/errors.ts';

/** What somebody sends, whole. @throws DomainError `too-large` */
export async function collect(source: AsyncIterable<Buffer>, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of source) {
    size += chunk.length;
    if (size > most) throw refuse('too-large', `at most ${most} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
