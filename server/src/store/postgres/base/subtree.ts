/** Whether a path stands at a root or below it, in SQL: columns or parameters. */
export const inSubtree = (path: string, root: string): string =>
  `(${path} = ${root} OR starts_with(${path}, ${root} || '.'))`;

/** The same with a range of an index on the path first: the dot sorts between the dash and the slash. */
export const inSubtreeByIndex = (path: string, root: string): string =>
  `(${path} >= ${root} AND ${path} < ${root} || '/' AND (${path} = ${root} OR ${path} > ${root} || '.'))`;
