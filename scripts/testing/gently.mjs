/** Weaker than what runs beside it, and yet strong enough that nothing which it waits for is late. */
const NICE = 5;

/**
 * Of a stage that runs beside others: it computes while they wait for timers and packets, and what it starts, its stores too, gives way to theirs.
 * @param {boolean | undefined} gentle @param {string[]} command
 */
export const gently = (gentle, command) => (gentle ? ['nice', '-n', `${NICE}`, ...command] : command);
