/** Exit status 0 when the node on this machine is ready. The certificate may be of a local authority: only this machine is asked. */
import http from 'node:http';
import https from 'node:https';

const { HOST = '127.0.0.1', PORT = '8080', TLS_CERT, TRUST_PROXY } = process.env;
const loopback = ['127.0.0.1', '::1', 'localhost'].includes(HOST);
const client = TLS_CERT || (!loopback && !TRUST_PROXY) ? https : http;
const request = client.get(
  { host: '127.0.0.1', port: PORT, path: '/readyz', rejectUnauthorized: false, timeout: 2_500 },
  (answer) => process.exit(answer.statusCode === 200 ? 0 : 1),
);
request.on('timeout', () => process.exit(1));
request.on('error', () => process.exit(1));
