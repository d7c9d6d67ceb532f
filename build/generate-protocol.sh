#!/bin/sh
# Regenerates electron/host/engine/protocol/generated from the .proto files beside it. Needs the npm registry once:
# the two generators are fetched into a temporary folder and are no dependency of the project.
set -eu
protocol="$(cd "$(dirname "$0")/../electron/host/engine/protocol" && pwd)"
tools="$(mktemp -d)"
trap 'rm -rf "$tools"' EXIT
cd "$tools"
npm install --silent --no-save --no-audit --no-fund --prefix "$tools" @bufbuild/buf@1.75.0 @bufbuild/protoc-gen-es@2.17.0
cat > buf.gen.yaml <<YAML
version: v2
clean: true
plugins:
  - local: $tools/node_modules/.bin/protoc-gen-es
    out: $protocol/generated
    opt: [target=ts, import_extension=ts]
YAML
printf 'version: v2\nmodules:\n  - path: .\n' > "$protocol/buf.yaml"
trap 'rm -rf "$tools" "$protocol/buf.yaml"' EXIT
"$tools/node_modules/.bin/buf" generate --template buf.gen.yaml "$protocol"
