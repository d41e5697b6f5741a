# One image, two commands: the API (`node dist/api/main.js`, the default) and the worker (`node dist/worker/main.js`).
# Debian rather than Alpine: Temporal's native core is built for glibc.
FROM node:22.22.2-bookworm-slim AS base
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The client is a workspace: without its manifest the lock does not fit.
COPY client/package.json client/

# `npm ci`, or what stands in for it where the lock lacks another platform's optional packages.
FROM base AS build
COPY local/install-packages.mjs local/
RUN node local/install-packages.mjs
COPY . .
RUN npm run build

# What runs, without what only builds and tests. The lock decides the versions and is not changed.
FROM base AS packages
RUN npm install --omit=dev --no-save

FROM base
# Temporal's native core trusts the system's certificates, which this base image lacks: needed for TLS to the engine.
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates \
  && rm -rf /var/lib/apt/lists/*
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    WORKFLOW_BUNDLE=/app/dist/workflow-bundle.js
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
# Owned by root and only read: nothing here is written at run time.
USER node
EXPOSE 3000
CMD ["node", "dist/api/main.js"]
