import type { Api } from '../../../api/Api.ts';
import {
  type BatchAnswer,
  batchAnswerSchema,
  type NumberStyle,
  type OwnedFigures,
  ownedFiguresSchema,
  type UploadPlan,
  uploadPlanSchema,
  uploadTypes,
} from '../../../api/contract.ts';

type Asks = Pick<Api, 'ask' | 'file'>;

/** A file that was chosen, as it was then. */
export interface ChosenFile {
  readonly name: string;
  readonly source: string;
  readonly style: NumberStyle;
  /** Under one of the types that the server takes. */
  readonly blob: Blob;
}

/** What is recorded is what was tried, also when the file is written meanwhile. */
export async function chosenFile(file: File, source: string, style: NumberStyle): Promise<ChosenFile> {
  // Systems name these types as they like; the name is what people see.
  const type = uploadTypes[file.name.toLowerCase().endsWith('.xlsx') ? 1 : 0];
  return { name: file.name, source, style, blob: new Blob([await file.arrayBuffer()], { type }) };
}

const at = ({ source, style }: ChosenFile, what: string, more = ''): string =>
  `/api/figures/uploads/${source}${what}?style=${style}${more}`;

/** What pages ask for whoever answers for figures. */
export const ownerApi = {
  /** @param from after how many others the list of what is open begins: a node of the version before knows but 0 */
  owned: (api: Asks, from: number): Promise<OwnedFigures> =>
    api.ask(`/api/figures/owned${from > 0 ? `?openFrom=${from}` : ''}`, ownedFiguresSchema),
  batchErrors: (api: Asks, n: number): Promise<Blob> => api.file(`/api/figures/owned/batches/${n}/errors`),
  pullErrors: (api: Asks, source: string): Promise<Blob> => api.file(`/api/figures/owned/sources/${source}/errors`),
  plan: (api: Asks, file: ChosenFile): Promise<UploadPlan> =>
    api.ask(at(file, '/plans'), uploadPlanSchema, { method: 'POST', body: file.blob }),
  errors: (api: Asks, file: ChosenFile): Promise<Blob> =>
    api.file(at(file, '/errors'), { method: 'POST', body: file.blob }),
  record: (api: Asks, file: ChosenFile, key: string, reason: string): Promise<BatchAnswer> => {
    const why = reason === '' ? '' : `&reason=${encodeURIComponent(reason)}`;
    return api.ask(at(file, '', `&key=${key}${why}`), batchAnswerSchema, { method: 'POST', body: file.blob });
  },
};
