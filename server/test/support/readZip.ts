import { inflateRawSync } from 'node:zlib';

/** The files of an archive as texts, by name, from its central directory. */
export function zipTexts(archive: Buffer): ReadonlyMap<string, string> {
  const end = archive.lastIndexOf(Buffer.from('PK\u0005\u0006'));
  const files = new Map<string, string>();
  let at = archive.readUInt32LE(end + 16);
  for (let nr = archive.readUInt16LE(end + 10); nr > 0; nr--) {
    const [packed, named] = [archive.readUInt32LE(at + 20), archive.readUInt16LE(at + 28)];
    const name = archive.toString('utf8', at + 46, at + 46 + named);
    const local = archive.readUInt32LE(at + 42);
    const from = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    files.set(name, inflateRawSync(archive.subarray(from, from + packed)).toString('utf8'));
    at += 46 + named + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return files;
}

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };

/** What a reader of the document reads, a paragraph each. @throws Error when a part is not well-formed */
export function docxParagraphs(docx: Buffer): string[] {
  const files = zipTexts(docx);
  for (const [name, xml] of files) demandWellFormed(name, xml);
  const xml = files.get('word/document.xml') ?? '';
  return [...xml.matchAll(/<w:p>(.*?)<\/w:p>/gs)].map(([, inside = '']) =>
    [...inside.matchAll(/<w:t [^>]*>(.*?)<\/w:t>/gs)]
      .map(([, text = '']) => text.replaceAll(/&\w+;/g, (entity) => entities[entity] ?? entity))
      .join(''),
  );
}

/** Every element is closed in its turn. */
function demandWellFormed(name: string, xml: string): void {
  const open: string[] = [];
  for (const [, closing, tag = '', empty] of xml.matchAll(/<(\/?)([\w:]+)[^>]*?(\/?)>/g)) {
    if (closing) {
      if (open.pop() !== tag) throw new Error(`${name}: ${tag} is closed where it was not opened`);
    } else if (!empty) open.push(tag);
  }
  if (open.length > 0) throw new Error(`${name}: ${open.join(', ')} are never closed`);
}
