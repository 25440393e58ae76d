# The program is one static binary: it is built here and runs on nothing.
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /guildhall ./cmd/guildhall
RUN mkdir -p /empty/data /empty/tmp && chmod 1777 /empty/tmp

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /guildhall /guildhall
COPY --from=build --chown=65532:65532 /empty/data /data
COPY --from=build /empty/tmp /tmp
USER 65532:65532
ENV GUILDHALL_ADDR=:8080 \
    GUILDHALL_METRICS_ADDR=:9090 \
    DATABASE_URL=/data/guildhall.db \
    GUILDHALL_FILES=/data/files
VOLUME /data
EXPOSE 8080 9090
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s CMD ["/guildhall", "healthy"]
ENTRYPOINT ["/guildhall"]
CMD ["serve"]
