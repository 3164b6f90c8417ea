import { config } from 'zod';

// The page's policy allows no code from texts, and Firefox writes an error for who only tries whether it does. Before
// the first schema is made.
config({ jitless: true });
