/** Milliseconds since 1970 of a timestamp, as JavaScript counts. */
export const ms = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::float8`;

/** A timestamp as the protocol writes it; the session is in UTC. */
export const iso = (column: string): string => `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** A moment as `to_jsonb` writes a timestamp; the session is in UTC. */
export const jsonbTime = (moment: Date): string => moment.toISOString().replace(/\.?0*Z$/, '+00:00');
