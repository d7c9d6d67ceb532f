import { readIndex } from '../graph/references.ts'
import { finding, type Check, type Finding, type LinkedStage } from './check.ts'
import { nearest } from './suggest.ts'

/**
 * A name that no stage bears and that BuildKit would therefore pull as an image, although it looks like a stage's name
 * misspelled. Names of images that many Dockerfiles use are meant as they stand.
 */
export const unknownStage: Check = {
  rule: 'unknown-stage',
  links: linked => [...unknownSources(linked), ...unknownBase(linked)],
}

function unknownSources({ references, names }: LinkedStage): readonly Finding[] {
  return references.flatMap(({ source, text, kind, origin, sourceRange }): readonly Finding[] => {
    if (source.kind !== 'image' && source.kind !== 'unresolved') return []
    const message =
      kind === 'mount' && readIndex(text) !== null
        ? `A mount's from takes the name of a stage or an image, no index: docker.io/library/${text} would be pulled.`
        : misspelling(text, names)
    return message === null ? [] : [finding('unknown-stage', 'warning', message, origin, sourceRange ?? undefined)]
  })
}

function unknownBase({ stage: { draft }, names }: LinkedStage): readonly Finding[] {
  const { base, baseSource, from, index } = draft
  const message = baseSource.kind === 'image' ? misspelling(base, names.slice(0, index)) : null
  return message === null ? [] : [finding('unknown-stage', 'hint', message, from, from.arguments[0]?.range)]
}

function misspelling(text: string, names: readonly string[]): string | null {
  const word = text.toLowerCase()
  if (word.length < 3 || wellKnownImages.has(word)) return null
  for (const sign of '/:@.$') if (word.includes(sign)) return null
  const near = nearest(
    word,
    names.filter(name => name !== ''),
  )
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
