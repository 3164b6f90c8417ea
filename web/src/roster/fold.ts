/** Lower case without Vietnamese marks, for search as it is typed: `Tân Phú` and `tan phu` are the same. */
export const fold = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replaceAll('đ', 'd');

/** Whether each word of the query stands somewhere in the folded text. */
export const matches = (folded: string, query: string): boolean =>
  fold(query)
    .split(/\s+/)
    .every((word) => folded.includes(word));
