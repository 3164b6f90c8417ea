/** Counts every test once, and remembers what failed, what was skipped, and what took how long. */
export class Tally {
  passed = 0;
  failed = [];
  skipped = [];
  /** Failed once, and passed when it ran again. */
  again = [];
  /** @type {import('./again.mjs').Run[]} */
  runs = [];

  add(name, outcome, why = '') {
    if (outcome === 'passed') this.passed++;
    else this[outcome].push(why ? `${name} (${String(why).split('\n')[0]})` : name);
  }

  /** @param {ReturnType<typeof import('./again.mjs').judge>} judgement of a file */
  judge(file, { tests, again, verdict }) {
    for (const { name, outcome, why } of tests) this.add(name, outcome, why);
    for (const { name, why } of again) this.add(name, 'again', why);
    if (verdict) this.add(`${file}: passes when it is run`, 'failed', verdict);
  }

  /** For a stage, of which there may be two at once: the same, and what it `took` is its own. */
  of(stage) {
    return {
      add: (name, outcome, why) => this.add(name, outcome, why),
      judge: (file, judgement) => this.judge(file, judgement),
      took: (run) => this.runs.push({ ...run, stage }),
    };
  }

  /** Of the files of a stage, as far as it is known. */
  cpuSeconds(stage) {
    return this.runs.filter((run) => run.stage === stage).reduce((sum, run) => sum + run.cpuSeconds, 0);
  }

  /** Prints what needs eyes, and as the very last line the two counts. @returns the exit status */
  close() {
    for (const [title, names] of [
      ['skipped', this.skipped],
      ['passed only when they ran again', this.again],
      ['failed', this.failed],
    ])
      if (names.length > 0) console.log(`\n${names.length} ${title}:\n${names.map((name) => `  ${name}`).join('\n')}`);
    console.log(`\n${this.passed} passed, ${this.failed.length} failed`);
    return this.failed.length === 0 ? 0 : 1;
  }
}
