export { type ApiKey, KeyProof, touches } from './apiKey.ts';
export { addKey, rotateKey, withdrawKey } from './changes.ts';
export { KeyRing } from './KeyRing.ts';
export { changeKeyFile } from './keyFile.ts';
export { type KeySettings, keyFilePath, readKeys } from './readKeys.ts';
