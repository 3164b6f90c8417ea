import { zipNames } from '../../lib/zipNames.ts';
import { attachmentTypes } from '../../protocol/directive.ts';

type Type = (typeof attachmentTypes)[number];

const startsWith =
  (...magic: number[]) =>
  (bytes: Buffer) =>
    bytes.subarray(0, magic.length).equals(Buffer.from(magic));

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Readable by anybody: UTF-8 without control characters except tabs and line ends. */
function isText(bytes: Buffer): boolean {
  try {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    return bytes.length > 0 && !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(utf8.decode(bytes));
  } catch {
    return false;
  }
}

/** A document of the Office Open XML family with this part, and without macros or other embedded programs. */
const isOffice = (part: string) => (bytes: Buffer) => {
  const names = zipNames(bytes);
  if (!names?.includes('[Content_Types].xml') || !names.includes(part)) return false;
  return !names.some((name) => /vbaProject|\.bin$|\.exe$|activeX\//i.test(name) && !/printerSettings/i.test(name));
};

interface Kind {
  /** The usual one first. */
  readonly extensions: readonly [string, ...string[]];
  readonly holds: (bytes: Buffer) => boolean;
}

/** What may be attached, by the types that the wire knows. */
const kinds: Readonly<Record<Type, Kind>> = {
  'application/pdf': { extensions: ['.pdf'], holds: startsWith(...Buffer.from('%PDF-')) },
  'image/png': { extensions: ['.png'], holds: startsWith(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) },
  'image/jpeg': { extensions: ['.jpg', '.jpeg'], holds: startsWith(0xff, 0xd8, 0xff) },
  'text/plain': { extensions: ['.txt'], holds: isText },
  'text/csv': { extensions: ['.csv'], holds: isText },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': {
    extensions: ['.docx'],
    holds: isOffice('word/document.xml'),
  },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': {
    extensions: ['.xlsx'],
    holds: isOffice('xl/workbook.xml'),
  },
};

/** DR24: whether the bytes are what the type says, and the type is allowed. */
export function isOfType(type: string, bytes: Buffer): boolean {
  return attachmentTypes.some((allowed) => allowed === type && kinds[allowed].holds(bytes));
}

/** The extensions that say this type, the usual one first; none where it is not allowed. */
export const extensionsOf = (type: string): readonly string[] =>
  attachmentTypes.flatMap((allowed) => (allowed === type ? kinds[allowed].extensions : []));
