export * from './briefing.ts';
export * from './channel.ts';
export * from './errors.ts';
export * from './floor.ts';
export * from './organisation.ts';
export * from './presence.ts';
export * from './session.ts';
