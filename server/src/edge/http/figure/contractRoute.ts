import { z } from 'zod';

import { isReaderKey, type ReaderKeys } from '../../../domain/figure/reading/ReaderKeys.ts';
import type { SourceKeys } from '../../../domain/figure/SourceKeys.ts';
import { openApi } from '../openapi.ts';
import { type Route, route } from '../route.ts';

interface Keys {
  readonly senders: Pick<SourceKeys, 'enter'>;
  readonly readers: Pick<ReaderKeys, 'enter'>;
}

/** FG202: the OpenAPI text of what keys of figures may call, for keys of either kind. @param routes what they may call beside it */
export function contractRoute(routes: readonly Route[], { senders, readers }: Keys, publicUrl: string): Route {
  const itself: Route = route({
    method: 'get',
    path: '/api/figures/openapi.json',
    summary: 'This text: what keys of figures may call.',
    access: 'key',
    keyOf: async (key, address): Promise<void> => {
      await (key !== undefined && isReaderKey(key) ? readers.enter(key, address) : senders.enter(key, address));
    },
    answer: z.record(z.string(), z.unknown()),
    told: { refuses: ['unauthenticated', 'rate-limited', 'store-unavailable'] },
    handle: () => contract,
  });
  const contract: Record<string, unknown> = openApi([...routes, itself], publicUrl);
  return itself;
}
