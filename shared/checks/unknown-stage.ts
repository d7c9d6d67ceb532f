import type { Diagnostic } from '../graph/stage-graph.ts'
import { readIndex } from '../graph/references.ts'
import { finding, type Check, type CheckSubject } from './check.ts'
import { nearest } from './suggest.ts'

/**
 * A name that no stage bears and that BuildKit would therefore pull as an image, although it looks like a stage's name
 * misspelled. Names of images that many Dockerfiles use are meant as they stand.
 */
export const unknownStage: Check = {
  rule: 'unknown-stage',
  run: subject => [...unknownSources(subject), ...unknownBases(subject)],
}

function unknownSources(subject: CheckSubject): Diagnostic[] {
  const names = subject.drafts.map(draft => draft.name).filter(name => name !== '')
  return subject.references.flatMap(({ source, text, kind, origin, sourceRange }): Diagnostic[] => {
    if (source.kind !== 'image' && source.kind !== 'unresolved') return []
    if (kind === 'mount' && readIndex(text) !== null) {
      const message = `A mount's from takes the name of a stage or an image, no index: docker.io/library/${text} would be pulled.`
      return [finding(subject, 'unknown-stage', 'warning', message, origin, sourceRange ?? undefined)]
    }
    const message = misspelling(text, names)
    return message === null
      ? []
      : [finding(subject, 'unknown-stage', 'warning', message, origin, sourceRange ?? undefined)]
  })
}

function unknownBases(subject: CheckSubject): Diagnostic[] {
  const names: string[] = []
  return subject.drafts.flatMap((draft): Diagnostic[] => {
    const message = draft.baseSource.kind === 'image' ? misspelling(draft.base, names) : null
    if (draft.name !== '') names.push(draft.name)
    return message === null
      ? []
      : [finding(subject, 'unknown-stage', 'hint', message, draft.from, draft.from.arguments[0]?.range)]
  })
}

function misspelling(text: string, names: readonly string[]): string | null {
  const word = text.toLowerCase()
  if (word.length < 3 || wellKnownImages.has(word)) return null
  for (const sign of '/:@.$') if (word.includes(sign)) return null
  const near = nearest(word, names)
  // Short words that start differently are different words: `node` is no misspelling of `code`.
  if (near === null || (word.length < 6 && word.charAt(0) !== near.charAt(0))) return null
  return `No stage is called ${text}: docker.io/library/${text} would be pulled. Did you mean ${near}?`
}

export const wellKnownImages = new Set(
  (
    'alpine almalinux amazoncorretto archlinux bash buildpack-deps busybox caddy cassandra centos chronograf clojure composer consul ' +
    'couchdb dart debian docker drupal eclipse-temurin elasticsearch elixir erlang fedora flink gcc ghost golang gradle groovy ' +
    'haproxy haskell hello-world httpd influxdb java jenkins jetty joomla jruby julia kibana kong logstash mariadb maven memcached ' +
    'mongo mysql nats neo4j nginx nextcloud node odoo openjdk oraclelinux perl php photon postgres pypy python r-base rabbitmq ' +
    'rakudo-star redis registry rethinkdb rockylinux ruby rust sapmachine scratch solr sonarqube spark swift telegraf tomcat ' +
    'traefik ubuntu varnish vault wordpress zookeeper'
  ).split(' '),
)
