import { createSocket } from 'node:dgram';

// Holds a port; whoever started it stops it, so that it reads nothing.

const socket = createSocket('udp4').bind(0, '127.0.0.1', () => process.send?.(socket.address().port));
process.on('disconnect', () => process.exit(0));
