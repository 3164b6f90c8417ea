import { refuse } from '../../../protocol/errors.ts';
import { cutOff } from './CutOff.ts';

const LONGEST_ELEMENT = 8_192;
/** Of all that stands around the list. */
const LONGEST_REST = 65_536;
const [QUOTE, BACKSLASH, COMMA, OPEN, CLOSE, OPEN_LIST, CLOSE_LIST] = [...'"\\,{}[]'].map((c) => c.charCodeAt(0));
const isSpace = (code: number): boolean => code === 32 || code === 10 || code === 13 || code === 9;

/** Cuts the elements of one list of objects out of a JSON object, in pieces of text that end anywhere. */
export class JsonElements {
  /** As it is written. */
  readonly #list: string;
  readonly #take: (element: string) => void;
  readonly #longest: number;
  /** The object without the elements. */
  #around = '';
  #element = '';
  #place: 'before' | 'first' | 'element' | 'after' | 'next' | 'behind' = 'before';
  #depth = 0;
  /** The last text around the list, and where the one began that is being read. */
  #name = '';
  #nameFrom = 0;
  #inText = false;
  #escaped = false;

  /** @param list name of the list in the object @param longest characters of an element */
  constructor(list: string, take: (element: string) => void, longest = LONGEST_ELEMENT) {
    this.#list = JSON.stringify(list);
    this.#take = take;
    this.#longest = longest;
  }

  /** @throws DomainError `bad-request` */
  read(text: string): void {
    let from = 0;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (this.#place === 'element') {
        if (!this.#closes(code)) continue;
        this.#element += text.slice(from, at + 1);
        this.#demandShort();
        this.#take(this.#element);
        this.#element = '';
        this.#place = 'after';
      } else if (this.#place === 'before' || this.#place === 'behind') {
        this.#around += text[at];
        if (this.#around.length > LONGEST_REST)
          throw refuse('bad-request', {
            vi: `Có quá nhiều nội dung bao quanh danh sách ${this.#list}`,
            en: `there is too much around the list ${this.#list}`,
          });
        this.#outside(code);
      } else if (isSpace(code)) continue;
      else if (code === OPEN && this.#place !== 'after') {
        this.#place = 'element';
        from = at;
        this.#depth = 1;
      } else if (code === COMMA && this.#place === 'after') this.#place = 'next';
      else if (code === CLOSE_LIST && this.#place !== 'next') {
        this.#around += ']';
        this.#place = 'behind';
        this.#depth = 1;
      } else
        throw refuse('bad-request', {
          vi: `Danh sách ${this.#list} không phải JSON đúng cú pháp`,
          en: `the list ${this.#list} is broken JSON`,
        });
    }
    if (this.#place !== 'element') return;
    this.#element += text.slice(from);
    this.#demandShort();
  }

  /** @returns what stands around the elements, as it was written @throws DomainError `bad-request` */
  end(): string {
    // Of a list that is there the end is missing; of one that is not, nobody knows.
    if (this.#place !== 'behind' || this.#depth > 0)
      throw this.#place === 'before'
        ? refuse('bad-request', {
            vi: `JSON không có danh sách ${this.#list}, hoặc bị cắt`,
            en: `the JSON has no list ${this.#list}, or is cut off`,
          })
        : cutOff({
            vi: `JSON bị cắt trong hoặc sau danh sách ${this.#list}`,
            en: `the JSON is cut off in or behind its list ${this.#list}`,
          });
    return this.#around;
  }

  #demandShort(): void {
    if (this.#element.length > this.#longest)
      throw refuse('bad-request', {
        vi: `Một phần tử của danh sách ${this.#list} dài hơn ${this.#longest} ký tự`,
        en: `something in the list ${this.#list} is longer than ${this.#longest} characters`,
      });
  }

  #outside(code: number): void {
    const before = this.#inText;
    if (this.#text(code)) {
      if (!before) this.#nameFrom = this.#around.length - 1;
      else if (!this.#inText) this.#name = this.#around.slice(this.#nameFrom);
    } else if (code === OPEN || code === OPEN_LIST) {
      if (code === OPEN_LIST && this.#depth === 1 && this.#place === 'before' && this.#name === this.#list)
        this.#place = 'first';
      this.#depth += 1;
    } else if (code === CLOSE || code === CLOSE_LIST) this.#depth -= 1;
  }

  /** Whether the element ends with this. */
  #closes(code: number): boolean {
    if (this.#text(code)) return false;
    if (code === OPEN || code === OPEN_LIST) this.#depth += 1;
    else if (code === CLOSE || code === CLOSE_LIST) this.#depth -= 1;
    return this.#depth === 0;
  }

  /** Whether it belongs to a text, with its quotes. */
  #text(code: number): boolean {
    if (!this.#inText) {
      this.#inText = code === QUOTE;
      return this.#inText;
    }
    if (this.#escaped) this.#escaped = false;
    else if (code === BACKSLASH) this.#escaped = true;
    else if (code === QUOTE) this.#inText = false;
    return true;
  }
}
