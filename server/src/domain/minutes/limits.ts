/** What the rules of minutes fix in numbers. */

/** MN7: so often the record is read anew that has grown meanwhile. */
export const MOST_READS = 3;
/** MN8: files that wait to be made on a node; more are refused. */
export const MOST_WAITING = 20;
/** MN6: corrections that are written out; the file of attendance has all. */
export const MOST_CORRECTIONS = 200;
/** FG59: units of a selection that are written out; the file with the directive has all. */
export const MOST_CHOSEN = 200;
/** FG116: how often figures were shown or cleared, and pointed at, that is written out; the record has all. */
export const MOST_STAGED = 200;
/** MN12: answered questions that are written out. */
export const MOST_QUESTIONS = 200;
/** RC25: units that reported absent in a roll-call, which are written out; the file of its answers has all. */
export const MOST_AWAY = 200;
