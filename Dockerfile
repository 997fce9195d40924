# The server alone, in an image. `docs/operations.md` says how it is used.
ARG BASE=debian:bookworm-slim

FROM ${BASE} AS build
COPY . /parley
RUN /parley/scripts/package.sh --server

FROM ${BASE}
COPY --from=build /parley/build/package/parley-server_*.deb /tmp/
RUN apt-get update \
    && apt-get install --yes --no-install-recommends /tmp/parley-server_*.deb libqt6sql6-psql \
    && rm -rf /tmp/parley-server_*.deb /var/lib/apt/lists/*

USER parley
VOLUME /var/lib/parley
EXPOSE 2345
# The address of a server in a container cannot be reached from elsewhere by default. Give it one, with
# TLS or behind something that protects it; plain text for the container itself stays at port 2345.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/2345 && printf 'GET /readyz HTTP/1.0\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
ENTRYPOINT ["parleyd"]
CMD ["serve", "--config", "/etc/parley/parley.toml"]
