const FAULTS: Record<string, string> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'nobody vouches for its certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'the authority of its certificate is not known here',
  UNABLE_TO_GET_ISSUER_CERT: 'the authority of its certificate is not known here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the authority of its certificate is not known here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the authority of its certificate is not known here',
  CERT_SIGNATURE_FAILURE: 'its certificate was signed by another authority',
  CERT_HAS_EXPIRED: 'its certificate has ended',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name or address',
};

/** By these codes Node says that it does not trust a server. */
export const CERTIFICATE_CODES: readonly string[] = Object.keys(FAULTS);

/** Why a server was not believed to be the one that was meant, in half a sentence; undefined: that was not it. */
export const certificateFault = (code: string): string | undefined => FAULTS[code];
