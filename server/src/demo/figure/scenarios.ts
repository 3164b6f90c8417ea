import { economy } from './economy.ts';
import { outbreak2021 } from './outbreak2021.ts';
import type { Scenario } from './scenario.ts';

/** By name. Every figure in them is marked as simulated. */
export const scenarios: ReadonlyMap<string, Scenario> = new Map(
  [outbreak2021, economy].map((scenario) => [scenario.name, scenario]),
);
