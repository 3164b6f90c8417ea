/** Compares the rules of docs/protocol with the titles of tests, which begin with the ids of what they prove. */

const RULE = /^\s*-\s+\*\*([^*]+)\*\*/gm;
const TITLE = /\b(?:test|it|describe)(?:\.\w+)?\(\s*([`'"])((?:\\.|(?!\1)[\s\S])*)\1/g;
const ID = /\b([A-Z]{2,3})(\d+)\b/g;
const RANGE = /\b([A-Z]{2,3})(\d+)–\1(\d+)\b/g;

/** Ids that begin an entry of a list: `**FL3**`, `**EN3, BF7**`, `**UN1–UN5**`. */
export function rulesIn(text) {
  const found = new Set();
  for (const [, bold] of text.matchAll(RULE)) {
    for (const [id] of bold.matchAll(ID)) found.add(id);
    for (const [, kind, from, to] of bold.matchAll(RANGE))
      for (let nr = Number(from); nr <= Number(to); nr++) found.add(`${kind}${nr}`);
  }
  return found;
}

/** Ids at the beginning of titles of tests. */
export function citedIn(source) {
  const found = new Set();
  for (const [, , title] of source.matchAll(TITLE)) {
    const [beginning] = /^(?:[A-Z]{2,3}\d+[,:]?\s+)*/.exec(title);
    for (const [id] of beginning.matchAll(ID)) found.add(id);
  }
  return found;
}
