import { describe, expect, test } from 'vitest'
import { analyze } from '../../shared/analysis.ts'
import { suggestConnection } from '../../shared/edits/suggest-connection.ts'
import { dedented } from './expect-edit.ts'

/** What a drag from the first stage to the last would propose. */
function suggested(text: string) {
  const analysis = analyze(dedented(text))
  const from = analysis.graph.stages[0]
  const to = analysis.graph.stages.at(-1)
  if (from === undefined || to === undefined) throw new Error('Two stages are written above.')
  return suggestConnection(analysis, from.id, to.id)
}

describe('the source', () => {
  const sourceOf = (steps: string) => suggested(`FROM golang AS build\n${steps}\nFROM alpine AS final\n`)

  test('is what a command was told to write', () => {
    expect(sourceOf('RUN CGO_ENABLED=0 go build -o /out/app ./cmd').source).toBe('/out/app')
    expect(sourceOf('WORKDIR /src\nRUN set -o pipefail && gcc -O2 main.c -o bin/app;').source).toBe('/src/bin/app')
    expect(sourceOf('RUN esbuild app.ts --outfile=/www/app.js').source).toBe('/www/app.js')
    expect(sourceOf('RUN dotnet publish -c Release --output "/publish"').source).toBe('/publish')
    expect(sourceOf('RUN pip install --prefix=/install -r requirements.txt').source).toBe('/install')
    expect(sourceOf('RUN <<EOF\ngo build \\\n  -o /out/app\nEOF').source).toBe('/out/app')
  })

  test('is the later of two', () =>
    expect(sourceOf('RUN go build -o /a .\nRUN go build -o /b .').sources.slice(0, 2)).toEqual(['/b', '/a']))

  test('is the folder that a build command is known for', () => {
    expect(sourceOf('WORKDIR /app\nRUN npm ci\nRUN npm run build').source).toBe('/app/dist')
    expect(sourceOf('WORKDIR /app\nRUN cargo build --release --target x86_64-unknown-linux-musl').source).toBe(
      '/app/target/release',
    )
  })

  test('is no variable, device or option', () => {
    expect(sourceOf('RUN go build -o $OUT .\nRUN curl -o /dev/null x\nRUN set -o pipefail').source).toBe('/')
  })

  test('is the WORKDIR, also of the base, before what was copied in', () => {
    expect(sourceOf('WORKDIR /app\nWORKDIR sub\nCOPY . .\nCOPY a /etc/a').sources).toEqual(['/app/sub', '/etc/a'])
    const analysis = analyze('FROM golang AS base\nWORKDIR /app\nFROM base AS build\nFROM alpine\n')
    const [, build, final] = analysis.graph.stages
    if (build === undefined || final === undefined) throw new Error('Three stages are written above.')
    expect(suggestConnection(analysis, build.id, final.id).source).toBe('/app')
  })
})

describe('the destination', () => {
  const destinationIn = (steps: string, base = 'alpine', output = '/out/app') =>
    suggested(`FROM golang AS build\nRUN go build -o ${output}\nFROM ${base} AS final\n${steps}\n`).destination

  test('is the same path', () => expect(destinationIn('RUN x')).toBe('/out/app'))
  test('lies in the WORKDIR', () => {
    expect(destinationIn('WORKDIR /srv')).toBe('/srv/app')
    expect(destinationIn('WORKDIR /out')).toBe('/out/app')
    expect(destinationIn('WORKDIR /srv', 'alpine', '/out/*.jar')).toBe('/srv/')
  })
  test('is what the stage runs', () => {
    expect(destinationIn('WORKDIR /srv\nENTRYPOINT ["/usr/bin/app", "-v"]')).toBe('/usr/bin/app')
    expect(destinationIn('CMD /bin/app -v')).toBe('/bin/app')
  })
  test('is what nginx serves', () => expect(destinationIn('', 'nginx:1.27', '/app/dist')).toBe('/usr/share/nginx/html'))
  test('is a folder for a pattern', () => expect(destinationIn('', 'alpine', '/out/*.jar')).toBe('/out/'))
})
