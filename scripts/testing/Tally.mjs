/** Counts every test once, and remembers what failed and what was skipped. */
export class Tally {
  passed = 0;
  failed = [];
  skipped = [];
  /** Failed once, and passed when it ran a second time. */
  again = [];

  add(name, outcome, why = '') {
    if (outcome === 'passed') this.passed++;
    else this[outcome].push(why ? `${name} (${String(why).split('\n')[0]})` : name);
  }

  /** @param {{ name: string, outcome: string, why?: string }[]} tests */
  take(tests) {
    for (const { name, outcome, why } of tests) this.add(name, outcome, why);
  }

  /** Prints what needs eyes, and as the very last line the two counts. @returns the exit status */
  close() {
    for (const [title, names] of [
      ['skipped', this.skipped],
      ['passed only when they ran a second time', this.again],
      ['failed', this.failed],
    ])
      if (names.length > 0) console.log(`\n${names.length} ${title}:\n${names.map((name) => `  ${name}`).join('\n')}`);
    console.log(`\n${this.passed} passed, ${this.failed.length} failed`);
    return this.failed.length === 0 ? 0 : 1;
  }
}
