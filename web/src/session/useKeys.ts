import { useState } from 'react';
import { Keys } from './Keys.ts';

/**
 * One key for each thing that somebody wants, until it is done: whoever presses again because no answer came wants the
 * same thing, and the server does it once.
 */
export const useKeys = (): Keys => useState(() => new Keys())[0];
