/**
 * Finds what a test presses or reads on a page by words that no page says any more.
 */
const STRING = /'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`/g;
/** A role's name, a label or a text; or the helper by which a test presses a button of a page. */
const LOOK =
  /(?:getByRole\(\s*'\w+',\s*\{[^}]*?\bname:\s*|getBy(?:Text|Label|Placeholder|Title)\(\s*|\bbutton\(\s*(?:\w+,\s*)?|\bhasText:\s*)(?:'((?:[^'\\\n]|\\.)*)'|\/((?:[^/\\\n]|\\.)+)\/(\w*))/g;
/** What a sentence may have in its gap. */
const IN_A_GAP = ['1', '12:34', '12:34:56'];

/** @returns {string[]} all that a file of words says */
export function said(source) {
  return [...source.matchAll(STRING)].flatMap(([, plain, sentence]) =>
    plain === undefined ? IN_A_GAP.map((text) => sentence.replace(/\$\{[^}]*\}/g, text)) : [plain],
  );
}

/**
 * @param {string} source of a test
 * @param {readonly string[]} words of all pages
 * @returns {{ line: number, text: string }[]}
 */
export function unsaid(source, words) {
  const lower = words.map((word) => word.toLowerCase());
  return [...source.matchAll(LOOK)].flatMap(({ 0: look, 1: text, 2: pattern, 3: flags, index }) => {
    const asked = pattern === undefined ? undefined : new RegExp(pattern, flags);
    const isSaid = asked ? words.some((word) => asked.test(word)) : lower.some((w) => w.includes(text.toLowerCase()));
    const line = source.slice(0, index + look.length).split('\n').length;
    return isSaid ? [] : [{ line, text: text ?? `/${pattern}/${flags}` }];
  });
}
