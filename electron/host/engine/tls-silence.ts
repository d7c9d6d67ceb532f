import type { ExplainedSilence } from './silence.ts'

const folder = 'the folder with ca.pem, cert.pem and key.pem'
/** It answers in plain words that it was spoken to in plain words. */
export const wantsTls: ExplainedSilence = {
  cause: 'certificates',
  reason: 'it wants TLS',
  advice: `Name ${folder}.`,
}
const notSigned = {
  reason: 'its certificate is not signed by the authority that was named',
  advice: `Correct ${folder}.`,
}
const outOfTime = {
  reason: 'its certificate is not valid today',
  advice: 'Renew it, or set the clock of this machine.',
}

/** By the codes of Node's errors. */
const known: Readonly<Record<string, Pick<ExplainedSilence, 'reason' | 'advice'>>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: notSigned,
  SELF_SIGNED_CERT_IN_CHAIN: notSigned,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: notSigned,
  UNABLE_TO_GET_ISSUER_CERT: notSigned,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: notSigned,
  CERT_SIGNATURE_FAILURE: notSigned,
  CERT_HAS_EXPIRED: outOfTime,
  CERT_NOT_YET_VALID: outOfTime,
  ERR_TLS_CERT_ALTNAME_INVALID: {
    reason: 'its certificate is for another host name',
    advice: 'Use the name that the certificate is for.',
  },
  ERR_SSL_WRONG_VERSION_NUMBER: { reason: 'it does not speak TLS', advice: 'Leave the folder of certificates out.' },
}

/** Why a TLS connection to an engine came to nothing; null where TLS was not why. */
export function explainTls(code: string): ExplainedSilence | null {
  const explained = known[code]
  if (explained) return { cause: 'certificates', ...explained }
  // The other side's alerts: it asks for a certificate, or does not trust ours.
  if (/^ERR_SSL_.*ALERT/.test(code))
    return {
      cause: 'certificates',
      reason: 'it does not accept the certificate of this side',
      advice: `Correct ${folder}.`,
    }
  if (code.startsWith('ERR_OSSL_'))
    return { cause: 'certificates', reason: `the certificates cannot be used (${code})`, advice: `Correct ${folder}.` }
  return null
}
