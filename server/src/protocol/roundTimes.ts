/** How long rounds of a roll-call take: what the wire refuses, and what it takes where nothing is said. */

/** RC3: until the deadline of a round, or by how much that is moved. */
export const ROUND_SECONDS = { least: 5, most: 86_400 } as const;
/** RC4: after the deadline, while late answers are still taken. */
export const LATE_SECONDS = { most: 86_400, usual: 600 } as const;
/** DL4: until units that have not answered are asked again. */
export const REPROMPT_SECONDS = { least: 5, most: 3_600, usual: 30 } as const;
