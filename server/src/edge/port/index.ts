export { howToTrust, type LocalCertificate, localCertificate, machineNames } from './LocalAuthority.ts';
export { Port, type PortCounts, type PortOptions } from './Port.ts';
export { reportPort } from './report.ts';
