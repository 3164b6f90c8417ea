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

const kinds: Readonly<Record<Type, (bytes: Buffer) => boolean>> = {
  'application/pdf': startsWith(...Buffer.from('%PDF-')),
  'image/png': startsWith(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
  'image/jpeg': startsWith(0xff, 0xd8, 0xff),
  'text/plain': isText,
  'text/csv': isText,
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': isOffice('word/document.xml'),
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': isOffice('xl/workbook.xml'),
};

/** DR24: whether the bytes are what the type says, and the type is allowed. */
export function isOfType(type: string, bytes: Buffer): boolean {
  return attachmentTypes.some((allowed) => allowed === type && kinds[allowed](bytes));
}
