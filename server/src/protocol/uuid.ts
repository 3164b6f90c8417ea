import { z } from 'zod';

/** In small letters, whatever came: PostgreSQL writes it so, and everything that is kept in memory is found by it. */
export const uuidSchema = z.uuid().toLowerCase();
