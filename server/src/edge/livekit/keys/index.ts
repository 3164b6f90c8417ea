export { type ApiKey, KeyProof, touches } from './apiKey.ts';
export { addKey, rotateKey, withdrawKey } from './changes.ts';
export { KeyFollower } from './KeyFollower.ts';
export { KeyRing } from './KeyRing.ts';
export { changeKeyFile, markOfKeys, readKeyFile, textOf } from './keyFile.ts';
export { type KeySettings, keyFilePath, readKeys } from './readKeys.ts';
