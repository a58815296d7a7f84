# An image of the application archive: mvn package -DskipTests, then docker build -t consentry .
FROM eclipse-temurin:21-jre AS unpacked
COPY target/consentry-*.tar.gz /tmp/
RUN mkdir /opt/consentry && tar -xzf /tmp/consentry-*.tar.gz -C /opt/consentry --strip-components=1

FROM eclipse-temurin:21-jre
COPY --from=unpacked /opt/consentry /opt/consentry
# The state folder must belong to the user who gives the commands, and be closed to all others.
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /var/lib/consentry consentry \
    && install -d -o 10001 -g 10001 -m 0700 /var/lib/consentry /work \
    && ln -s /opt/consentry/bin/consentry /usr/local/bin/consentry
ENV CONSENTRY_HOME=/var/lib/consentry LC_ALL=C.UTF-8
USER 10001:10001
WORKDIR /work
VOLUME /var/lib/consentry
ENTRYPOINT ["/opt/consentry/bin/consentry"]
CMD ["--help"]
