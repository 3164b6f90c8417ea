/** A value that is written already, since much of it is the same in thousands of values. */
export class JsonText<T> {
  readonly text: string;

  /** @param text JSON of a `T` */
  constructor(text: string) {
    this.text = text;
  }

  static of<T>(value: T): JsonText<T> {
    return new JsonText(JSON.stringify(value));
  }

  read(): T {
    return JSON.parse(this.text) as T;
  }

  /** So that it may stand in a larger value as well. */
  toJSON(): T {
    return this.read();
  }
}
