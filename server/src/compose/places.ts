import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The built page. */
export const webFolder = fileURLToPath(new URL('../../../web/dist', import.meta.url));

/** Where the local authority and what it signed lie. */
export const tlsFolder = (config: { readonly DATA_DIR: string }): string => join(config.DATA_DIR, 'tls');
export const authorityFile = (config: { readonly DATA_DIR: string }): string => join(tlsFolder(config), 'ca.pem');
