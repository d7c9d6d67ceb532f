import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder as DOCKER_CERT_PATH wants it (ca.pem, cert.pem, key.pem), with server.pem and server-key.pem for localhost, and farm.example. */
export function makeCertificates(): string {
  const certificates = mkdtempSync(join(tmpdir(), 'slipway-certificates-'))
  const openssl = (...words: string[]) => spawnSync('openssl', words, { cwd: certificates })
  openssl(
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    'ca-key.pem',
    '-out',
    'ca.pem',
    '-subj',
    '/CN=ca',
    '-days',
    '2',
  )
  for (const [name, subject] of [
    ['server', '127.0.0.1'],
    ['client', 'client'],
  ] as const) {
    const key = name === 'client' ? 'key.pem' : 'server-key.pem'
    openssl(
      'req',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      key,
      '-out',
      'request.pem',
      '-subj',
      `/CN=${subject}`,
    )
    writeFileSync(join(certificates, 'extensions'), 'subjectAltName=IP:127.0.0.1,DNS:localhost,DNS:farm.example\n')
    const out = name === 'client' ? 'cert.pem' : 'server.pem'
    openssl(
      'x509',
      '-req',
      '-in',
      'request.pem',
      '-CA',
      'ca.pem',
      '-CAkey',
      'ca-key.pem',
      '-CAcreateserial',
      '-out',
      out,
      '-days',
      '2',
      '-extfile',
      'extensions',
    )
  }
  return certificates
}
