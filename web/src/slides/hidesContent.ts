import type { Layout } from '../api/contract.ts';

/** Whether a layout was chosen that shows people alone. */
export const hidesContent = ({ kind }: Layout): boolean => kind !== 'auto' && kind !== 'content';
