/** So many of a list, after so many others. */
export interface ListPage {
  readonly from: number;
  readonly most: number;
}

/** Of a list that becomes shorter while somebody reads on: where nothing is any more, it is read from its beginning. */
export async function listedFrom<T>(
  page: ListPage,
  read: (page: ListPage) => Promise<T>,
  isEmpty: (found: T) => boolean,
): Promise<T & { readonly from: number }> {
  const found = await read(page);
  if (page.from === 0 || !isEmpty(found)) return { ...found, from: page.from };
  return { ...(await read({ ...page, from: 0 })), from: 0 };
}
