import type { InboxItem } from './openActs.ts';

/** `bien-nhan-12-2026-acknowledge.json` */
export const receiptName = ({ directive }: Pick<InboxItem, 'directive'>, act: string): string =>
  `bien-nhan-${directive.number}-${directive.year}-${act}.json`;
