const [QUOTE, BACKSLASH, COLON, OPEN, CLOSE, OPEN_LIST, CLOSE_LIST] = [...'"\\:{}[]'].map((c) => c.charCodeAt(0));

/**
 * Finds a name that a JSON object has twice, at any depth; a parser silently takes the last one. (FG148)
 * @param text the object as it was written
 * @param found the same, parsed
 * @returns the repeated name; undefined: none is repeated
 */
export function repeatedName(text: string, found: object): string | undefined {
  return hasOneColonEach(text, found) ? undefined : firstRepeated(text);
}

/** A quick check that nearly every row passes: as many colons as names. The scan of each character takes ten times as long. */
function hasOneColonEach(text: string, found: object): boolean {
  let colons = 0;
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) colons += 1;
  return colons === Object.keys(found).length;
}

function firstRepeated(text: string): string | undefined {
  const open: Set<string>[] = [];
  let name = '';
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const end = endOfText(text, at);
      name = text.slice(at, end + 1);
      at = end;
    } else if (code === OPEN || code === OPEN_LIST) open.push(new Set());
    else if (code === CLOSE || code === CLOSE_LIST) open.pop();
    else if (code === COLON) {
      // Written in whichever way, it is one name.
      const said = JSON.parse(name) as string;
      if (open.at(-1)?.has(said)) return said;
      open.at(-1)?.add(said);
    }
  }
  return undefined;
}

function endOfText(text: string, from: number): number {
  let at = from + 1;
  while (text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
}
