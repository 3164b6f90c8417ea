import { plural } from '../../i18n/plural.ts';
import type { FitWords } from './fit.vi.ts';

export const en: FitWords = {
  fits: (devices, nodes) =>
    `It fits: the servers now running (${nodes}) carry ${plural(devices, 'unit')}, also if one of them fails.`,
  'no-spare': (devices, nodes, left) =>
    `It fits ${plural(devices, 'unit')}, with nothing to spare: if the largest of the servers (${nodes}) fails, there is room for ${left}.`,
  'only-one': (devices) => `It fits ${plural(devices, 'unit')}, with nothing to spare: only one server is running.`,
  'does-not-fit': (devices, carries, nodes, missing) =>
    `It does not fit: ${plural(devices, 'unit is', 'units are')} expected, and the servers now running (${nodes}) have room for ${carries}. Left out: ${missing}.`,
  unknown: 'Which servers are running cannot be known at this moment, so nobody can say whether it fits.',
  short: (what) => `Short of: ${what}.`,
  none: 'No server is letting anybody in.',
  means: {
    workers: 'processor for picture and sound',
    signalling: 'processor for control',
    line: 'network line',
    memory: 'memory',
    pipePorts: 'ports between servers',
  },
  why: 'Reason to hold it all the same',
  given: (reason) => `Reason on record since it was scheduled: “${reason}”.`,
  whyHint: 'It goes on record with the briefing and the figures above.',
  whyMissing: 'Give a reason to hold it although the servers do not have the room.',
};
