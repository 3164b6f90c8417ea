/** `1 unit`, `2 units`: Vietnamese has one form, English two. @param n as it is written */
export const plural = (n: string | number, one: string, many = `${one.replace(/([^aeiou])y$/, '$1ie')}s`): string =>
  `${n} ${String(n) === '1' ? one : many}`;
