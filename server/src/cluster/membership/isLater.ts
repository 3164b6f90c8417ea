interface Joined {
  readonly join: number;
  /** Of the node. */
  readonly boot: string;
}

/** ND5: of two joins of one identity, whether the first is the one that stays. All nodes say the same. */
export const isLater = (one: Joined, other: Joined): boolean =>
  one.join > other.join || (one.join === other.join && one.boot > other.boot);
