import { attackNode } from './requests.ts';

/** One input is one request: bodies, paths, cookies or files, as the seeds lead. */
export const fuzz = await attackNode('request');
