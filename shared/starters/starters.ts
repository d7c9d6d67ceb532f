/** Multi-stage Dockerfiles to begin from, one per ecosystem. They write a new document; nothing is created on disk. */
export interface Starter {
  readonly name: string
  /** One line on what it does. */
  readonly summary: string
  readonly text: string
}

export const starters: readonly Starter[] = [
  {
    name: 'Go',
    summary: 'Static binary on scratch',
    text: `FROM golang:1.24-alpine AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -o /out/app .

FROM scratch AS final
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /out/app /app
USER 65532:65532
ENTRYPOINT ["/app"]
`,
  },
  {
    name: 'Node',
    summary: 'Production dependencies only',
    text: `FROM node:22-slim AS base
WORKDIR /app
COPY package.json package-lock.json ./

FROM base AS dependencies
RUN npm ci --omit=dev

FROM base AS build
RUN npm ci
COPY . .
RUN npm run build

FROM node:22-slim AS final
WORKDIR /app
ENV NODE_ENV=production
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
USER node
CMD ["node", "dist/index.js"]
`,
  },
  {
    name: 'Python',
    summary: 'Virtual environment, slim runtime',
    text: `FROM python:3.13-slim AS build
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH
WORKDIR /app
COPY requirements.txt ./
RUN pip install --no-cache-dir -r requirements.txt

FROM python:3.13-slim AS final
WORKDIR /app
ENV PATH=/venv/bin:$PATH
COPY --from=build /venv /venv
COPY . .
USER nobody
CMD ["python", "-m", "app"]
`,
  },
  {
    name: 'Java',
    summary: 'Maven build, JRE runtime',
    text: `FROM maven:3.9-eclipse-temurin-21 AS build
WORKDIR /src
COPY pom.xml ./
RUN mvn --batch-mode dependency:go-offline
COPY src ./src
RUN mvn --batch-mode package -DskipTests

FROM eclipse-temurin:21-jre AS final
WORKDIR /app
COPY --from=build /src/target/*.jar app.jar
USER 65532:65532
ENTRYPOINT ["java", "-jar", "app.jar"]
`,
  },
  {
    name: 'Rust',
    summary: 'Release binary on Debian slim',
    text: `FROM rust:1.88-slim AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \\
    cargo install --path . --root /out

FROM debian:bookworm-slim AS final
COPY --from=build /out/bin/ /usr/local/bin/
USER 65532:65532
ENTRYPOINT ["app"]
`,
  },
  {
    name: 'Static site',
    summary: 'Built by Node, served by nginx',
    text: `FROM node:22-slim AS build
WORKDIR /site
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build

FROM nginx:1.29-alpine AS final
COPY --from=build /site/dist /usr/share/nginx/html
EXPOSE 80
`,
  },
]
