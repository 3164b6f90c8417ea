export { loadSfuConfig, parseSfuConfig } from './load.ts';
export { profiles } from './profiles.ts';
export { renderSample } from './sample.ts';
export { type SfuConfig, type SfuConfigInput, sfuConfigSchema } from './settings.ts';
