export { ConnectionCaps } from './ConnectionCaps.ts';
export { howToTrust, type LocalCertificate, localCertificate, machineNames } from './LocalAuthority.ts';
export { sharedPortMetrics } from './metrics.ts';
export { type CertificateFiles, ServedCertificate } from './ServedCertificate.ts';
export {
  type IceOwner,
  SharedPort,
  type SharedPortCounts,
  type SharedPortOptions,
} from './SharedPort.ts';
