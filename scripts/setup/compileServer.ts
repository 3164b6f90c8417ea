/**
 * Compiles the modules of the server and writes them to the folder of NODE_COMPILE_CACHE. usage: node compileServer.ts (prints the folder that Node
 * chose in it; nothing is started)
 */
import { flushCompileCache, getCompileCacheDir } from 'node:module';
import '../../server/src/compose/App.ts';
import '../../server/src/compose/joined.ts';
import '../../server/src/compose/joinLine.ts';
import '../../server/src/compose/provePage.ts';
import '../../server/src/compose/requireReach.ts';

flushCompileCache();
console.log(getCompileCacheDir());
