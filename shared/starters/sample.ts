/** A multi-stage build with no network and no base image: the first click on Build succeeds anywhere. */
export const sample = {
  name: 'Sample',
  text: `# A small multi-stage build that needs no network and no base image.
# Three stages write files; the last one keeps only what ships.

FROM scratch AS site
WORKDIR /site
COPY <<EOF index.html
<!doctype html>
<title>Slipway</title>
<link rel="stylesheet" href="style.css">
<h1>It launched.</h1>
EOF
COPY <<EOF style.css
h1 { font: 600 48px system-ui; }
EOF
COPY <<EOF drafts/todo.txt
This file stays behind.
EOF

FROM scratch AS config
COPY <<EOF /etc/site.conf
root = /srv/site
port = 8080
EOF

FROM scratch AS final
LABEL org.opencontainers.image.title="Slipway sample"
COPY --from=config /etc/site.conf /etc/site.conf
COPY --from=site /site/index.html /site/style.css /srv/site/
`,
} as const
