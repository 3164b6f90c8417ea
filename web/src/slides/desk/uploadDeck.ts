import type { Api } from '../../api/Api.ts';
import { isPassing } from '../../api/ApiError.ts';
import { LONGEST_TITLE, MOST_PAGES } from '../../api/contract.ts';
import { fullJitter } from '../../lib/jitter.ts';
import { slidesApi } from '../slidesApi.ts';

export type UploadProblem = 'not-pdf' | 'locked' | 'too-many-pages';
export interface UploadProgress {
  readonly ready: number;
  readonly size: number;
  /** The line is away; it is tried again. */
  readonly waiting: boolean;
}

/** A file that cannot become slides, and why. */
export class DeckError extends Error {
  override readonly name = 'DeckError';
  readonly problem: UploadProblem;
  constructor(problem: UploadProblem) {
    super(problem);
    this.problem = problem;
  }
}

/**
 * Draws the pages of a PDF here and sends them one by one; pages that the server has already are not sent again, and a
 * line that breaks is waited for.
 * @throws DeckError, ApiError; what `signal` was aborted with
 */
export async function uploadDeck(
  api: Pick<Api, 'ask' | 'file'>,
  briefing: string,
  file: File,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (progress: UploadProgress) => void },
): Promise<void> {
  const bytes = await file.arrayBuffer();
  const source = hex(await crypto.subtle.digest('SHA-256', bytes));
  const { Pdf } = await import('./drawPdf.ts');
  const pdf = await Pdf.open(bytes).catch((error: unknown) => {
    throw new DeckError((error as Error).name === 'PasswordException' ? 'locked' : 'not-pdf');
  });
  try {
    const { size } = pdf;
    if (size > MOST_PAGES) throw new DeckError('too-many-pages');
    let progress = { ready: 0, size, waiting: false };
    const tell = (more: Partial<UploadProgress>) => {
      progress = { ...progress, ...more };
      onProgress(progress);
    };
    const patient = async <T>(work: () => Promise<T>): Promise<T> => {
      for (let attempt = 0; ; attempt++) {
        signal.throwIfAborted();
        try {
          const answer = await work();
          tell({ waiting: false });
          return answer;
        } catch (error) {
          if (!isPassing(error)) throw error;
          tell({ waiting: true });
          await new Promise((resolve) => setTimeout(resolve, 300 + fullJitter(attempt)));
        }
      }
    };
    const deck = await patient(() => slidesApi.add(api, briefing, { source, title: titleOf(file.name), size }));
    tell({ ready: deck.pages.filter(Boolean).length });
    for (const [index, there] of deck.pages.entries()) {
      if (there) continue;
      signal.throwIfAborted();
      const { wide, narrow, ...facts } = await pdf.draw(index + 1);
      const hashes = {
        narrow: await patient(() => slidesApi.upload(api, narrow)),
        wide: await patient(() => slidesApi.upload(api, wide)),
      };
      await patient(() => slidesApi.setPage(api, deck.id, index + 1, { ...facts, ...hashes }));
      tell({ ready: progress.ready + 1 });
    }
  } finally {
    pdf.close();
  }
}

const hex = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** The file's name without its ending. */
export const titleOf = (name: string): string =>
  name
    .replace(/\.pdf$/i, '')
    .trim()
    .slice(0, LONGEST_TITLE) || 'PDF';
