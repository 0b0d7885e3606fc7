# One image for every process of an installation: worker or server, as the command says.
FROM node:24-bookworm-slim
RUN apt-get update \
  && apt-get install -y --no-install-recommends chromium fonts-dejavu-core fonts-liberation ca-certificates \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/zaplecze
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund
COPY . .
# Bots render pages of others: never as root.
RUN useradd --system --create-home --uid 10001 zaplecze \
  && mkdir -p /var/lib/zaplecze && chown zaplecze /var/lib/zaplecze
USER zaplecze
ENV ZAPLECZE_HOME=/var/lib/zaplecze CHROMIUM_PATH=/usr/bin/chromium NODE_OPTIONS=--disable-warning=ExperimentalWarning
VOLUME /var/lib/zaplecze
ENTRYPOINT ["node", "cli/main.ts"]
CMD ["--help"]
