import { SdpError } from './types.ts';

/** An offer of a browser is 1-6 kB per section; a long session with many republished tracks stays under this. */
const MAX_SDP_LENGTH = 512 * 1024;
const MAX_LINES = 20_000;
const MAX_LINE_LENGTH = 4096;
const MAX_SECTIONS = 256;

export type Attributes = ReadonlyMap<string, readonly string[]>;

/** One `m=` section, its attributes by name in the order of the text; flags such as `a=sendrecv` have the value ''. */
export interface SdpSection {
  readonly kind: string;
  readonly port: number;
  readonly protocol: string;
  readonly formats: readonly string[];
  readonly attributes: Attributes;
}

export interface SdpDocument {
  readonly attributes: Attributes;
  readonly sections: readonly SdpSection[];
}

/**
 * Splits SDP into sections and attributes, linear in its length. A reader of our own, because strangers write this
 * text: no regular expression runs over it, and no name in it can become a property of an object.
 * @throws SdpError when it is not SDP or larger than the limits above.
 */
export function readSdp(text: string): SdpDocument {
  if (text.length > MAX_SDP_LENGTH) throw new SdpError(`SDP is longer than ${MAX_SDP_LENGTH} characters`);
  const session = new Map<string, string[]>();
  const sections: SdpSection[] = [];
  let attributes = session;
  let lines = 0;
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(start, text[end - 1] === '\r' ? end - 1 : end);
    start = end + 1;
    if (line === '') continue;
    lines += 1;
    if (lines > MAX_LINES) throw new SdpError(`SDP has more than ${MAX_LINES} lines`);
    if (line.length > MAX_LINE_LENGTH) throw new SdpError(`SDP line is longer than ${MAX_LINE_LENGTH} characters`);
    if (line[1] !== '=' || hasControlCharacter(line)) throw new SdpError('not an SDP line');
    if (lines === 1 && line !== 'v=0') throw new SdpError('SDP does not begin with v=0');
    if (line[0] === 'm') {
      if (sections.length === MAX_SECTIONS) throw new SdpError(`SDP has more than ${MAX_SECTIONS} sections`);
      attributes = new Map();
      sections.push(readMediaLine(line, attributes));
    } else if (line[0] === 'a') addAttribute(attributes, line);
  }
  if (lines === 0) throw new SdpError('SDP is empty');
  return { attributes: session, sections };
}

export const first = (attributes: Attributes, name: string): string | undefined => attributes.get(name)?.[0];
export const all = (attributes: Attributes, name: string): readonly string[] => attributes.get(name) ?? [];

/** Decimal without sign or leading zeros, at most `max`; undefined for anything else. */
export function readNumber(text: string | undefined, max: number): number | undefined {
  if (text === undefined || !/^(0|[1-9]\d{0,9})$/.test(text)) return undefined;
  const value = Number(text);
  return value <= max ? value : undefined;
}

function readMediaLine(line: string, attributes: Map<string, string[]>): SdpSection {
  const [kind, portText, protocol, ...formats] = line.slice(2).trimEnd().split(/ +/);
  // RFC 8866 allows a number of ports behind a slash; here it is always one.
  const port = readNumber(portText?.split('/', 1)[0], 65_535);
  if (!kind || port === undefined || !protocol || formats.length === 0) {
    throw new SdpError('m= line is malformed');
  }
  return { kind, port, protocol, formats, attributes };
}

function addAttribute(attributes: Map<string, string[]>, line: string): void {
  const colon = line.indexOf(':');
  const name = colon < 0 ? line.slice(2) : line.slice(2, colon);
  const value = colon < 0 ? '' : line.slice(colon + 1);
  const values = attributes.get(name);
  if (values) values.push(value);
  else attributes.set(name, [value]);
}

const TAB = 0x09;
/** A lone CR, NUL and the like would change meaning when the text is written again. */
function hasControlCharacter(line: string): boolean {
  for (let i = 0; i < line.length; i++) if (line.charCodeAt(i) < 0x20 && line.charCodeAt(i) !== TAB) return true;
  return false;
}
