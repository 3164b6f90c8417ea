/**
 * Finds lines of the log that would lose why something failed: an error under another name than `err`, a part of an error in the place of
 * the whole (its causes are lost), and a catch that logs without what it caught.
 */
const CALL = /\b(?:log|logger)\??\.(?:fatal|error|warn|info|debug|trace)\(/g;
const CATCHES = [
  { begin: /\bcatch (?:\((\w+)[^)]*\) )?\{/g, open: '{', close: '}' },
  { begin: /\.catch\((?:async )?(?:\((\w*)[^)]*\)|(\w+)) =>/g, open: '(', close: ')' },
];
const PART = /\b(?:err|error|e|failure|reason)\??\.(?:message|name|stack|code)\b|\bString\((?:err|error|e|failure)\)/;

/** @returns {{ line: number, why: string }[]} */
export function lostErrors(source) {
  const text = withoutTexts(source);
  const found = [];
  const add = (at, why) => found.push({ line: text.slice(0, at).split('\n').length, why });
  for (const { at, body } of calls(text)) {
    if (/[{,]\s*error\s*[:,}]/.test(body)) add(at, 'an error goes into the log as `err`');
    if (PART.test(body)) add(at, 'the whole error goes into the log, not a part of it');
  }
  for (const { begin, open, close } of CATCHES)
    for (const match of text.matchAll(begin)) {
      const from = open === '{' ? match.index + match[0].length - 1 : match.index + '.catch'.length;
      const caught = match[1] || match[2];
      const said = calls(enclosed(text, from, open, close));
      if (said.length > 0 && !(caught && said.some(({ body }) => new RegExp(`\\b${caught}\\b`).test(body))))
        add(match.index, 'what was caught goes into the log as well');
    }
  return found.sort((a, b) => a.line - b.line);
}

function calls(text) {
  return [...text.matchAll(CALL)].map((match) => ({
    at: match.index,
    body: enclosed(text, match.index + match[0].length - 1, '(', ')'),
  }));
}

/** From the bracket at `from` to the one that closes it. */
function enclosed(code, from, open, close) {
  let depth = 0;
  for (let i = from; i < code.length; i++) {
    if (code[i] === open) depth++;
    else if (code[i] === close && --depth === 0) return code.slice(from, i + 1);
  }
  return code.slice(from);
}

/** Comments and texts become spaces: what stands in them is no code. */
const withoutTexts = (text) =>
  text.replace(/\/\/.*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g, (part) =>
    part.replace(/[^\n]/g, ' '),
  );
