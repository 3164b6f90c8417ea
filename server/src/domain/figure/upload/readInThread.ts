import { DomainError } from '../../../protocol/errors.ts';
import { inThread } from '../../shared/inThread.ts';
import type { UnreadUpload, UploadFile } from './readUpload.ts';
import type { UploadRows } from './uploadRows.ts';

/** Ten times what fifty thousand cells take. */
const PATIENCE_MS = 20_000;
const MOST_MB = 256;

/** FG74. @throws DomainError `bad-request`, `too-large` */
export async function readInThread(file: UploadFile): Promise<UploadRows> {
  const found = await inThread<UploadRows | UnreadUpload>({
    ...{ module: new URL('./uploadThread.ts', import.meta.url), data: file },
    ...{ patienceMs: PATIENCE_MS, mostMb: MOST_MB },
  });
  if ('error' in found) throw new DomainError(found.error.reason, found.error.message);
  return found;
}
