/** Of the standard structure types of ISO 32000, 14.8.4, those that our papers have. */
export type PdfTag = 'Document' | 'Sect' | 'H1' | 'H2' | 'H3' | 'P' | 'Table' | 'TR' | 'TH' | 'TD' | 'Figure';

interface TagOptions {
  /** What is said in place of a picture. */
  readonly alt?: string;
  /** Of which a heading of a table speaks. */
  readonly scope?: 'Column';
}

/**
 * In which order a paper is read, and as what: the tree beside the drawing, for those who have it read to them. Everything
 * that is drawn is either a piece of an element, or an ornament that nobody reads.
 */
export class PdfTags {
  readonly #doc: PDFKit.PDFDocument;
  readonly #open: { readonly tag: PdfTag; readonly element: PDFKit.PDFStructureElement }[] = [];

  /** @param doc made with `tagged` */
  constructor(doc: PDFKit.PDFDocument) {
    this.#doc = doc;
    const element = doc.struct('Document');
    doc.addStructure(element);
    this.#open.push({ tag: 'Document', element });
  }

  /** What is drawn within belongs to one element, on however many pages. */
  within<T>(tag: PdfTag, write: () => T, options: TagOptions = {}): T {
    const element = this.#doc.struct(tag, options);
    this.#open.push({ tag, element });
    try {
      return write();
    } finally {
      this.#open.pop();
      element.end();
      this.#top.element.add(element);
    }
  }

  /** A piece of the element that is open, on this page. */
  piece(draw: () => void): void {
    const { tag, element } = this.#top;
    const content = this.#doc.markStructureContent(tag);
    draw();
    this.#doc.endMarkedContent();
    element.add(content);
  }

  /** Rules and borders, and what stands on each page again. */
  ornament(type: 'Layout' | 'Pagination', draw: () => void): void {
    this.#doc.markContent('Artifact', { type });
    draw();
    this.#doc.endMarkedContent();
  }

  get #top() {
    const top = this.#open.at(-1);
    if (!top) throw new Error('no element is open');
    return top;
  }
}
