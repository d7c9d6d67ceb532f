import { readHeredocWord } from '../../dockerfile/heredocs.ts'
import { coachCheck } from './coach-rule.ts'

/** Files that hold passwords and keys by their name. A layer keeps them, even if a later one removes them. */
export const secretCopied = coachCheck('secret-copied', {
  stage: ({ draft, isFinal }) =>
    draft.instructions.flatMap(instruction => {
      if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') return []
      return instruction.arguments.slice(0, -1).flatMap(({ text, range }) => {
        if (text.includes('://') || readHeredocWord(text) !== null || !holdsSecret(text)) return []
        const where = isFinal
          ? 'into the image itself: everyone who has the image can read it'
          : `into ${draft.writtenName ?? `stage ${draft.index}`}: its layer keeps it, and so does every cache it is pushed to`
        const message = `${text} is likely a secret, and this copies it ${where}. RUN --mount=type=secret gives it to one command and leaves nothing behind.`
        return [{ message, instruction, range, severity: 'warning' }]
      })
    }),
})

const names = new Set(
  (
    '.env .git-credentials .htpasswd .netrc .npmrc .pgpass .pypirc .vault-token credentials.json id_dsa id_ecdsa id_ed25519 ' +
    'id_rsa kubeconfig service-account.json'
  ).split(' '),
)
const endings = ['/.aws', '/.aws/credentials', '/.docker/config.json', '/.kube/config', '/.ssh']
const extensions = ['.key', '.p12', '.pfx', '.keystore']
/** What such files without a secret are called. */
const harmless = ['example', 'sample', 'template', 'dist', 'test', 'dummy', 'public', '.pub', 'gpg', 'repo']
const publicParts = ['cert', 'ca', 'chain', 'bundle', 'crt', 'pub']

function holdsSecret(path: string): boolean {
  const lower = path.toLowerCase()
  const plain = `/${lower.endsWith('/') ? lower.slice(0, -1) : lower}`
  const name = plain.slice(plain.lastIndexOf('/') + 1)
  const isSecret =
    names.has(name) ||
    name.startsWith('.env.') ||
    endings.some(ending => plain.endsWith(ending)) ||
    (name.endsWith('.pem') && !publicParts.some(part => name.includes(part))) ||
    extensions.some(extension => name.endsWith(extension) && name !== extension)
  // Most are none: this is the longer look.
  return isSecret && !harmless.some(part => name.includes(part)) && !plain.includes('fixture')
}
