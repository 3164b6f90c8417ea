/** Compiled code for an image whose server runs as an account that may only read it. usage: node compileImage.mjs FOLDER UID */
import { mkdirSync } from 'node:fs';
import { compileInto } from './compiled.mjs';
import { findNode } from './packages.mjs';

const [folder, uid] = process.argv.slice(2);
mkdirSync(folder);
if (!compileInto(folder, findNode(), uid)) throw new Error('the server cannot be compiled');
