import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Enums, Models, Serialize, SPDX, Spec } from '@cyclonedx/cyclonedx-library';
import { root } from '../setup/place.mjs';
import type { NpmPackage } from './npmPackages.ts';
import type { WorkerProgram } from './workerParts.ts';

export interface Inventory {
  readonly packages: readonly NpmPackage[];
  readonly worker: Omit<WorkerProgram, 'file'> | undefined;
  readonly carried: readonly { readonly name: string; readonly licence: string }[];
}

const { Component } = Models;
const LIBRARY = Enums.ComponentType.Library;

/** The bill of materials as CycloneDX 1.6. @param at the moment that it tells of */
export function makeBom({ packages, worker, carried }: Inventory, at: Date): string {
  const bom = new Models.Bom();
  const { name, version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const project = component(Enums.ComponentType.Application, name, version, license, `pkg:npm/${name}@${version}`);
  bom.metadata.component = project;
  bom.metadata.timestamp = at;
  bom.metadata.lifecycles.add(Enums.LifecyclePhase.Build);

  const byPath = new Map(packages.map((each) => [each.path, npmComponent(each)]));
  for (const { path, needs } of packages) {
    const made = byPath.get(path);
    if (!made) continue;
    bom.components.add(made);
    if (!path.includes('node_modules/')) project.dependencies.add(made.bomRef);
    for (const need of needs) {
      const other = byPath.get(need);
      if (other) made.dependencies.add(other.bomRef);
    }
  }
  if (worker) {
    const program = component(Enums.ComponentType.Application, 'mediasoup-worker', worker.version, 'ISC', undefined);
    program.hashes.set(Enums.HashAlgorithm['SHA-256'], worker.sha256);
    if (worker.patches.length > 0) program.description = `mediasoup's, changed by ${filesOf(worker.patches)}`;
    for (const patch of worker.patches)
      program.properties.add(new Models.Property('dieu-hanh:patch', `${patch.name} sha256:${patch.sha256}`));
    bom.components.add(program);
    byPath.get('node_modules/mediasoup')?.dependencies.add(program.bomRef);
    const parts = worker.parts.map((part) => {
      const made = component(LIBRARY, part.name, part.version, part.licence, part.purl);
      made.properties.add(new Models.Property('dieu-hanh:how', part.how));
      return made;
    });
    const within = carried.map((each) => component(LIBRARY, each.name, `in mediasoup ${worker.version}`, each.licence));
    for (const part of [...parts, ...within]) {
      bom.components.add(part);
      program.dependencies.add(part.bomRef);
    }
  }
  const told = createHash('sha256');
  for (const each of [...bom.components].map((c) => `${c.bomRef.value} ${[...c.hashes]}`).sort()) told.update(each);
  bom.serialNumber = `urn:uuid:${told.digest('hex').replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*/, '$1-$2-8$3-8$4-$5')}`;
  const normalizers = new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6);
  return new Serialize.JsonSerializer(normalizers).serialize(bom, { sortLists: true, space: 1 });
}

const filesOf = (patches: WorkerProgram['patches']) =>
  patches.map(({ name }) => `scripts/worker/patches/${name}.patch`).join(', ');

function npmComponent({ path, name, version, sha512, licence, scope }: NpmPackage) {
  const at = name.startsWith('@') ? `%40${name.slice(1)}` : name;
  const made = component(LIBRARY, name, version, licence, `pkg:npm/${at}@${version}`);
  made.bomRef.value = `${path}@${version}`;
  const scopes = {
    required: Enums.ComponentScope.Required,
    optional: Enums.ComponentScope.Optional,
    development: Enums.ComponentScope.Excluded,
  };
  made.scope = scopes[scope];
  if (sha512) made.hashes.set(Enums.HashAlgorithm['SHA-512'], sha512);
  return made;
}

function component(type: Enums.ComponentType, name: string, version: string, licence?: string, purl?: string) {
  const made = new Component(type, name, { version, bomRef: purl ?? `${name}@${version}` });
  if (purl) made.purl = purl;
  if (licence) made.licenses.add(licenceOf(licence));
  return made;
}

/** As an id or an expression of the SPDX list, else by the name that the package gives it. */
function licenceOf(told: string) {
  const id = SPDX.fixupSpdxId(told);
  if (id) return new Models.SpdxLicense(id);
  return / (AND|OR|WITH) /.test(told) ? new Models.LicenseExpression(told) : new Models.NamedLicense(told);
}
