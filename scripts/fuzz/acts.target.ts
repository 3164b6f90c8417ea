import { attackNode } from './requests.ts';

/** One input is up to twelve texts of one device on the order channel. */
export const fuzz = await attackNode('acts');
