import type { Language } from '../../protocol/briefing.ts';

/** A column: its share of the width, and on which side its texts stand. */
export interface PaperColumn {
  readonly title: string;
  readonly share: number;
  readonly right?: boolean;
}

/** What minutes are made of, whatever they are written to. */
export type Block =
  /** I. ATTENDANCE */
  | { readonly kind: 'heading'; readonly text: string }
  /** 1. Speakers */
  | { readonly kind: 'subheading'; readonly text: string }
  /** A paragraph; with a label, it begins with it in bold. */
  | { readonly kind: 'text'; readonly text: string; readonly label?: string }
  | { readonly kind: 'item'; readonly text: string }
  | { readonly kind: 'table'; readonly columns: readonly PaperColumn[]; readonly rows: readonly (readonly string[])[] }
  /** Digits, to be copied as they are. */
  | { readonly kind: 'code'; readonly text: string };

export interface Signature {
  readonly title: string;
  readonly hint: string;
  /** null: to be filled in. */
  readonly name: string | null;
}

/** MN1, MN6: the whole paper in words, in the order in which it is read. */
export interface MinutesDocument {
  readonly language: Language;
  /** When it was sealed: the date of the file. */
  readonly at: string;
  readonly issuer: string;
  readonly number: string;
  readonly nation: readonly [string, string];
  readonly placeAndDate: string;
  readonly kind: string;
  readonly subject: string;
  /** Rehearsal, extract: what must not be overlooked. */
  readonly marks: readonly string[];
  readonly body: readonly Block[];
  /** When it ended: on the page that is signed. */
  readonly closing: string;
  /** The secretary's, and the chair's. */
  readonly signatures: readonly [Signature, Signature];
  readonly recipients: readonly string[];
  readonly annex: { readonly title: string; readonly subject: string; readonly body: readonly Block[] } | undefined;
  /** On each page. */
  readonly foot: string;
}
