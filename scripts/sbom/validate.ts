import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';

const library = dirname(createRequire(import.meta.url).resolve('@cyclonedx/cyclonedx-library/package.json'));
const schema = (name: string) => JSON.parse(readFileSync(join(library, 'res/schema', name), 'utf8'));
const OTHERS = ['spdx.SNAPSHOT.schema.json', 'jsf-0.82.SNAPSHOT.schema.json'];

/**
 * The published schema of CycloneDX 1.6. How addresses and the like are written is not looked at.
 * @returns what says of a bill of materials what is wrong with it; empty when nothing is
 */
export function schemaCheck(): (json: string) => string[] {
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  // Its own names for these point nowhere: the main schema asks for them by the names of their files.
  for (const name of OTHERS) ajv.addSchema({ ...schema(name), $id: `http://cyclonedx.org/schema/${name}` });
  const validate = ajv.compile(schema('bom-1.6.SNAPSHOT.schema.json'));
  return (json) => {
    if (validate(JSON.parse(json))) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
}
