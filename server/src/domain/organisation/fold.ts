/**
 * Text without accents and case, for search: `Phường Đông Hưng Thuận` -> `phuong dong hung thuan`. Composed and
 * decomposed input give the same; đ is a letter of its own that Unicode does not decompose.
 */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Kinds of units that people leave out or put in as they like: `phường 5`, `p5` and `5` are the same place. */
const kinds = ['thanh pho', 'thi tran', 'thi xa', 'phuong', 'huyen', 'quan', 'tinh', 'xa'];

/** The name without its kind, folded: `Thành phố Cần Thơ` -> `can tho`. */
export function bareName(folded: string): string {
  const kind = kinds.find((k) => folded.startsWith(`${k} `));
  return kind === undefined ? folded : folded.slice(kind.length + 1);
}

/** What officials type instead of the whole word, before a name or a number. */
const short: Readonly<Record<string, string>> = {
  tp: 'thanh pho',
  tt: 'thi tran',
  tx: 'thi xa',
  p: 'phuong',
  q: 'quan',
  h: 'huyen',
  x: 'xa',
};

/** A folded query with its abbreviations written out: `p 5 q 1`, `p5`, `tp hcm`. */
export function spellOut(query: string): string {
  return query
    .replaceAll(/\b(?:tp ?)?hcm\b/g, 'thanh pho ho chi minh')
    .replaceAll(/\b(tp|tt|tx|p|q|h|x)(?: (?=\S)|(?=\d))/g, (_, word: string) => `${short[word]} `);
}
