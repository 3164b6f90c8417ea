import { useSyncExternalStore } from 'react';
import type { Readable } from '../lib/Store.ts';

/** What a store holds now; draws again when it changes. */
export const useStore = <S>(store: Readable<S>): S => useSyncExternalStore(store.subscribe, store.get);
