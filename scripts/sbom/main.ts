/** Lists all that this software is made of, with versions, hashes and licences (CycloneDX). usage: npm run dh -- sbom [FILE] [--licences] */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runCommand } from '../support/openDatabase.ts';
import { makeBom } from './bom.ts';
import { npmPackages } from './npmPackages.ts';
import { schemaCheck } from './validate.ts';
import { carried, workerProgram } from './workerParts.ts';

const usage = `usage: npm run dh -- sbom [FILE] [--licences] [--without-development]

Writes a bill of materials as CycloneDX 1.6 (JSON) into FILE, and holds it against the published schema: the packages of the lockfile with their
hashes, the media worker that was built here with its hash, and every Debian package whose code is in it or which it loads. Those that only
developers need have the scope "excluded". --licences prints which licence each part has, by licence.

Exit status: 0 all is well, 1 it is not as the schema wants it, or a part has no licence.`;

runCommand(usage, async () => {
  const { values, positionals } = parseArgs({
    options: {
      licences: { type: 'boolean', default: false },
      'without-development': { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  const all = npmPackages();
  const packages = values['without-development'] ? all.filter(({ scope }) => scope !== 'development') : all;
  const worker = workerProgram();
  const inventory = { packages, worker, carried: worker ? carried() : [] };
  const json = makeBom(inventory, new Date());
  const wrong = schemaCheck()(json);
  if (wrong.length > 0) throw new Error(`the bill of materials is not as CycloneDX wants it:\n${wrong.join('\n')}`);
  const [file] = positionals;
  if (file) writeFileSync(file, `${json}\n`);
  else if (!values.licences) console.log(json);

  const parts = [...packages, ...(worker?.parts ?? []), ...inventory.carried];
  const byLicence = Map.groupBy(parts, ({ licence }) => licence ?? 'NONE');
  if (values.licences) tell(byLicence);
  if (!worker) console.error('no media worker was built here: the native parts are missing');
  if (file) console.log(`${file}: ${parts.length} parts, ${byLicence.size} licences`);
  const none = byLicence.get('NONE');
  if (none) throw new Error(`no licence is known of ${none.map(({ name }) => name).join(', ')}`);
});

function tell(byLicence: ReadonlyMap<string, readonly { name: string; version?: string }[]>): void {
  for (const [licence, parts] of [...byLicence].sort(([, a], [, b]) => b.length - a.length)) {
    const names = parts.map(({ name, version }) => (version ? `${name} ${version}` : name));
    console.log(`${licence} (${parts.length}): ${[...new Set(names)].sort().join(', ')}`);
  }
}
