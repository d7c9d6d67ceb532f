import { isBundleUrl } from './bundle-origin.ts'
import { contentSecurityPolicy, createNonce, withNonce } from './content-security.ts'
import { readStaticFile } from './static-files.ts'

/**
 * Answers for our own scheme with the bundled page in `directory`, and nothing else. Every answer has a policy and a
 * nonce of its own, so that CodeMirror may add its style sheet to one page, and nobody else.
 */
export const serveBundle =
  (directory: string): ((request: { readonly url: string; readonly method: string }) => Promise<Response>) =>
  async ({ url, method }) => {
    if (!isBundleUrl(url)) return refuse(403, 'This address is not part of Slipway.')
    if (method !== 'GET') return refuse(405, 'This address can only be read.')
    const file = await readStaticFile(directory, new URL(url).pathname)
    switch (file.kind) {
      case 'outside':
        return refuse(403, 'This path leads out of what Slipway shows.')
      case 'missing':
        return refuse(404, 'Slipway has no such page.')
      case 'found': {
        const nonce = createNonce()
        const isPage = file.type.startsWith('text/html')
        const body = isPage ? withNonce(file.content.toString('utf8'), nonce) : new Uint8Array(file.content)
        return new Response(body, { headers: headers(file.type, nonce) })
      }
    }
  }

const headers = (type: string, nonce: string): Record<string, string> => ({
  'content-type': type,
  'content-security-policy': contentSecurityPolicy(nonce),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
})

const refuse = (status: number, sentence: string): Response =>
  new Response(sentence, { status, headers: headers('text/plain; charset=utf-8', createNonce()) })
