/** The same on two nodes: at which one a client is, and which one is asked, chance decides; each run the same. */
process.env.CONFORMANCE_NODES ??= '2';
process.env.CONFORMANCE_SEED ??= '660436';
await import('./subscriptions.test.ts');
