import type { Scene } from '../../api/contract.ts';

/** CSS pixels within the stage. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}
/** Key of what is shown beside people; no identity is like it. */
export const CONTENT = '(content)';

/** Every picture is as wide to its height as this (PN9). */
const SHAPE = 16 / 9;
/** So wide to its height a stage is more than one screen. */
const VERY_WIDE = 2.2;
/** Of a small picture in the corner of a large one, or beside it. */
const SMALL = 0.26;
const LEAST_SMALL = 112;
const BESIDE = { least: 0.2, most: 0.5 };

type Placed = readonly (readonly [string, Box])[];

/** PN9: where each picture of a scene stands in a stage of that size, none cropped or stretched. Pure. */
export function arrange(scene: Scene, width: number, height: number): ReadonlyMap<string, Box> {
  if (width <= 0 || height <= 0) return new Map();
  return new Map(placed(scene, width, height).map(([key, box]) => [key, rounded(box)]));
}

function placed(scene: Scene, width: number, height: number): Placed {
  switch (scene.kind) {
    case 'card':
    case 'nobody':
      return [];
    case 'solo':
      return [[scene.large, fit(width, height)]];
    case 'pair':
      return grid([scene.left, scene.right], width, height);
    case 'gallery':
      return grid(scene.people, width, height);
    case 'inset':
      return inset(scene.large, scene.small, width, height);
    case 'strip':
      return strip(scene.large, scene.others, width, height);
    case 'content':
      return scene.data ? inCorner(scene.face, width, height) : beside(scene.face, width, height);
  }
}

/** The largest of the shape, in the middle. */
function fit(width: number, height: number): Box {
  const wide = Math.min(width, height * SHAPE);
  const high = wide / SHAPE;
  return { left: (width - wide) / 2, top: (height - high) / 2, width: wide, height: high };
}

const gapOf = (width: number): number => Math.max(2, Math.round(width * 0.004));

/** What is drawn of data has any shape: all of the stage, and leaves the face its lower right corner. */
function inCorner(face: string | null, width: number, height: number): Placed {
  const whole = { left: 0, top: 0, width, height };
  if (face === null) return [[CONTENT, whole]];
  const wide = Math.max(width * (width > height * 1.25 ? 0.22 : 0.34), Math.min(LEAST_SMALL, width * 0.4));
  const high = wide / SHAPE;
  return [
    [CONTENT, whole],
    [face, { left: width - wide, top: height - high, width: wide, height: high }],
  ];
}

/** On two screens side by side a page of any shape gets all that the face leaves: an upright one is shown in columns. */
function beside(face: string | null, width: number, height: number): Placed {
  const others = face === null ? [] : [face];
  if (width < height * VERY_WIDE) return strip(CONTENT, others, width, height);
  const gap = gapOf(width);
  const small = {
    width: Math.min(width * 0.22, height * SHAPE),
    height: Math.min(width * 0.22, height * SHAPE) / SHAPE,
  };
  const left = face === null ? width : width - small.width - gap;
  const whole = { left: 0, top: 0, width: left, height };
  return [
    [CONTENT, whole],
    ...others.map((key): readonly [string, Box] => [
      key,
      { left: left + gap, top: (height - small.height) / 2, ...small },
    ]),
  ];
}

/** So many columns that the pictures are largest; a last row that is not full stands in the middle. */
function grid(people: readonly string[], width: number, height: number): Placed {
  const gap = gapOf(width);
  const n = people.length;
  const choices = Array.from({ length: n }, (_, i) => {
    const rows = Math.ceil(n / (i + 1));
    const wide = Math.min((width - gap * i) / (i + 1), ((height - gap * (rows - 1)) / rows) * SHAPE);
    return { columns: i + 1, rows, wide };
  });
  const best = choices.reduce((a, b) => (b.wide > a.wide ? b : a));
  const { columns, rows, wide } = best;
  const high = wide / SHAPE;
  const top = (height - rows * high - (rows - 1) * gap) / 2;
  return people.map((key, i) => {
    const row = Math.floor(i / columns);
    const inRow = Math.min(columns, n - row * columns);
    const left = (width - inRow * wide - (inRow - 1) * gap) / 2 + (i % columns) * (wide + gap);
    return [key, { left, top: top + row * (high + gap), width: wide, height: high }];
  });
}

/** In the corner of the large one; beside or under it where the stage has room that the large one cannot use. */
function inset(large: string, small: string, width: number, height: number): Placed {
  const whole = fit(width, height);
  const gap = gapOf(width);
  const besideFree = (width - whole.width - gap) / whole.width;
  const belowFree = (height - whole.height - gap) / whole.height;
  const free = Math.max(besideFree, belowFree);
  if (free >= BESIDE.least) {
    const share = Math.min(free, BESIDE.most);
    return inLine(large, [small], whole, share, besideFree >= belowFree, width, height);
  }
  const wide = Math.max(whole.width * SMALL, Math.min(LEAST_SMALL, whole.width * 0.4));
  const margin = whole.width * 0.02;
  const left = whole.left + whole.width - wide - margin;
  const top = whole.top + whole.height - wide / SHAPE - margin;
  return [
    [large, whole],
    [small, { left, top, width: wide, height: wide / SHAPE }],
  ];
}

/** The large one with the others in a column beside it, or in a row under it: whichever leaves it larger. */
function strip(large: string, others: readonly string[], width: number, height: number): Placed {
  const n = others.length;
  if (n === 0) return [[large, fit(width, height)]];
  const gap = gapOf(width);
  const gaps = gap * (n - 1);
  const beside = Math.min(width * 0.22, ((height - gaps) / n) * SHAPE);
  const below = Math.min(height * 0.22, (width - gaps) / n / SHAPE);
  const [byColumn, byRow] = [fit(width - beside - gap, height), fit(width, height - below - gap)];
  return byColumn.width >= byRow.width
    ? inLine(large, others, byColumn, beside / byColumn.width, true, width, height)
    : inLine(large, others, byRow, (below * SHAPE) / byRow.width, false, width, height);
}

/** Large and small ones, touching, in the middle of the stage. @param share width of a small one by that of the large one */
function inLine(
  large: string,
  others: readonly string[],
  { width: wide, height: high }: Box,
  share: number,
  beside: boolean,
  width: number,
  height: number,
): Placed {
  const gap = gapOf(width);
  const small = { width: wide * share, height: high * share };
  const left = (width - (beside ? wide + gap + small.width : wide)) / 2;
  const top = (height - (beside ? high : high + gap + small.height)) / 2;
  const n = others.length;
  const rest = beside ? high - n * small.height - (n - 1) * gap : wide - n * small.width - (n - 1) * gap;
  return [
    [large, { left, top, width: wide, height: high }],
    ...others.map((key, i): readonly [string, Box] => {
      // In the middle of the large one's side.
      const along = rest / 2 + i * ((beside ? small.height : small.width) + gap);
      const at = beside ? { left: left + wide + gap, top: top + along } : { left: left + along, top: top + high + gap };
      return [key, { ...at, ...small }];
    }),
  ];
}

/** Whether some of them lie over each other. Pure. */
export const isOverlaid = (boxes: readonly Box[]): boolean =>
  boxes.some((a, i) =>
    boxes
      .slice(i + 1)
      .some(
        (b) =>
          a.left < b.left + b.width &&
          b.left < a.left + a.width &&
          a.top < b.top + b.height &&
          b.top < a.top + a.height,
      ),
  );

/** Whole pixels, and still of the shape within one. */
const rounded = ({ left, top, width, height }: Box): Box => {
  const [x, y] = [Math.round(left), Math.round(top)];
  return { left: x, top: y, width: Math.floor(width), height: Math.floor(height) };
};
