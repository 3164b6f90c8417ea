/** Lower case without Vietnamese marks, for search as it is typed: `Tân Phú` and `tan phu` are the same. */
export const fold = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replaceAll('đ', 'd');

/** Whether a folded text has each word of the query somewhere; the query is folded once for all texts. */
export function matcherOf(query: string): (folded: string) => boolean {
  const words = fold(query).trim().split(/\s+/);
  return (folded) => words.every((word) => folded.includes(word));
}

/** Whether each word of the query stands somewhere in the folded text. */
export const matches = (folded: string, query: string): boolean => matcherOf(query)(folded);
