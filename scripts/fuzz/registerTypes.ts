import { register } from 'node:module';

register('./typesHook.ts', import.meta.url);
