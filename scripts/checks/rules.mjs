/** Compares the rules of docs/protocol with the titles of tests, which begin with the ids of what they prove. */

const RULE = /^\s*-\s+\*\*([^*]+)\*\*/gm;
const TITLE = /\b(?:test|it|describe)(?:\.\w+)?\(\s*([`'"])((?:\\.|(?!\1)[\s\S])*)\1/g;
const ID = /\b([A-Z]{2,3})(\d+)\b/g;
const RANGE = /\b([A-Z]{2,3})(\d+)–\1(\d+)\b/g;

/** @returns ids that begin an entry of a list (`**FL3**`, `**EN3, BF7**`, `**UN1–UN5**`), each as often as it does */
export function rulesIn(text) {
  return [...text.matchAll(RULE)].flatMap(([, bold]) => {
    const found = new Set([...bold.matchAll(ID)].map(([id]) => id));
    for (const [, kind, from, to] of bold.matchAll(RANGE))
      for (let nr = Number(from); nr <= Number(to); nr++) found.add(`${kind}${nr}`);
    return [...found];
  });
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
