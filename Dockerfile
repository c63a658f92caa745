# The heron program without a shell, a package manager or root; only /heron/runs is ever written to.
#   docker build --tag heron-server .
#   docker run --rm --read-only --publish 127.0.0.1:50051:50051 heron-server
# podman keeps the health check with: podman build --format docker --tag heron-server .

# What decides the packages and nothing else, so that a change of code does not download them again.
FROM mcr.microsoft.com/dotnet/sdk:10.0.401-noble AS projects
WORKDIR /source
COPY Directory.Build.props Directory.Packages.props global.json ./
COPY src src
RUN find src -type f ! -name '*.csproj' ! -name '*.props' -delete \
    && find src -type d -empty -delete \
    && find . -exec touch --date=@0 {} +

FROM mcr.microsoft.com/dotnet/sdk:10.0.401-noble AS build
WORKDIR /source
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
COPY --from=projects /source .
RUN dotnet restore src/Heron.Server
COPY .editorconfig ./
COPY protos protos
COPY src src
# Packages bring their messages in a dozen languages; the program speaks one.
RUN dotnet publish src/Heron.Server --configuration Release --no-restore -p:SatelliteResourceLanguages=en --output /app \
    && mkdir --parents /heron/runs

FROM mcr.microsoft.com/dotnet/aspnet:10.0.12-noble-chiseled
# The diagnostics of .NET make sockets in /tmp, which a read-only file system refuses.
ENV DOTNET_EnableDiagnostics=0
COPY --from=build --chown=$APP_UID:$APP_UID /heron /heron
COPY LICENSE NOTICE /app/
COPY --from=build /app /app
USER $APP_UID
WORKDIR /heron
VOLUME /heron/runs
EXPOSE 50051
HEALTHCHECK --interval=10s --timeout=6s --start-period=30s --retries=3 \
    CMD ["/app/heron", "health", "--address", "127.0.0.1:50051", "--timeout", "5"]
ENTRYPOINT ["/app/heron"]
# All addresses of the container; who reaches them is decided by the port that is published.
CMD ["serve", "--listen", "0.0.0.0:50051", "--allow-insecure"]
