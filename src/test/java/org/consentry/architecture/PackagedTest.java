package org.consentry.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.consentry.testing.Program;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive that is installed; the build runs this after it made one. */
final class PackagedTest {

  private static final int BLOCK = 512;
  private static final Path DOCKERFILE = Path.of("Dockerfile");

  @TempDir static Path folder;

  private static List<Member> members = List.of();
  private static Path archive = Path.of("");

  /**
   * A file or folder of the archive.
   *
   * @param name its path below the only folder of the archive
   * @param mode permissions, octal
   * @param owner numbers and names of user and group
   * @param seconds time stamp
   */
  private record Member(String name, String mode, String owner, long seconds, char type) {}

  @BeforeAll
  static void readTheArchive() throws IOException {
    Optional<Path> found;
    try (Stream<Path> list = Files.list(Path.of("target"))) {
      found =
          list.filter(file -> file.getFileName().toString().matches("consentry-.*[.]tar[.]gz"))
              .findFirst();
    }
    assumeTrue(found.isPresent(), "skipped: only the Maven build makes the archive");
    archive = found.orElseThrow();
    members = members(archive);
  }

  @Test
  void hasWhatIsInstalledAndNothingOfTheMachineThatMadeIt() {
    Set<String> names = members.stream().map(Member::name).collect(Collectors.toSet());

    assertThat(names)
        .contains(
            "bin/consentry",
            "bin/consentry.bat",
            "lib/consentry.jar",
            "libexec/train",
            "share/man/man1/consentry.1",
            "share/bash-completion/completions/consentry",
            "share/zsh/site-functions/_consentry",
            "share/doc/consentry/running.md",
            "share/doc/consentry/examples/jobs/eyelid-outcomes.yaml",
            "LICENSE",
            "NOTICE",
            "sbom.cdx.json")
        .noneMatch(name -> name.matches(".*[.](?:jsa|aot)"));
  }

  @Test
  void isMadeOfTheSameBytesByEveryBuild() throws IOException {
    long moment = Instant.parse(timestamp()).getEpochSecond();

    assertThat(members).allMatch(member -> member.seconds() == moment);
    assertThat(members.stream().map(Member::owner).distinct()).containsExactly("0:0 root:root");
    assertThat(members)
        .allSatisfy(
            member -> {
              boolean isRun =
                  member.type() == '5'
                      || Set.of("bin/consentry", "libexec/train").contains(member.name());
              assertThat(member.mode()).as(member.name()).isEqualTo(isRun ? "755" : "644");
            });
    assertThat(members.stream().map(Member::name)).doesNotHaveDuplicates();
    byte[] header = Files.newInputStream(archive).readNBytes(8);
    assertThat(List.of(header[4], header[5], header[6], header[7]))
        .as("no time of the compression")
        .containsOnly((byte) 0);
  }

  @Test
  void runsThroughALinkWithoutAHomeAndInTheLocaleOfC() throws Exception {
    assumeTrue(Program.isInstalled("tar"), "skipped: tar is not installed");
    Path place = Files.createDirectories(folder.toRealPath().resolve("opt ü"));
    assertThat(
            Program.of("tar", "-xzf", archive.toAbsolutePath().toString())
                .in(place)
                .run()
                .exitCode())
        .isZero();
    Path root;
    try (Stream<Path> list = Files.list(place)) {
      root = list.findFirst().orElseThrow();
    }
    Path link =
        Files.createSymbolicLink(folder.resolve("consentry"), root.resolve("bin/consentry"));

    for (Map<String, String> environment :
        List.of(
            Map.of("JAVA_HOME", System.getProperty("java.home"), "LC_ALL", "C"),
            Map.of("JAVA_HOME", System.getProperty("java.home")))) {
      Program.Ended ended = Program.of(link.toString(), "--version").withOnly(environment).run();
      assertThat(ended.exitCode()).as(ended.text()).isZero();
      assertThat(ended.out().strip().replace(' ', '-')).isEqualTo(root.getFileName().toString());
    }
    Program.Ended valid =
        Program.of(
                link.toString(),
                "validate",
                "--home",
                folder.resolve("state").toString(),
                "share/doc/consentry/examples/jobs/eyelid-outcomes.yaml")
            .in(root)
            .withOnly(Map.of("JAVA_HOME", System.getProperty("java.home"), "LC_ALL", "C"))
            .run();
    assertThat(valid.exitCode()).as(valid.text()).isZero();
    assertThat(Files.readString(root.resolve("share/man/man1/consentry.1")))
        .startsWith(".TH \"CONSENTRY\" \"1\" \"\" ");
    assertThat(Files.readString(root.resolve("share/zsh/site-functions/_consentry")))
        .startsWith("#compdef consentry\n");
  }

  @Test
  void theImageIsMadeOfItAndRunsAsAUserWhoIsNotRoot() throws IOException {
    String text = Files.readString(DOCKERFILE);
    String name = archive.getFileName().toString();
    Pattern copied = Pattern.compile("(?m)^COPY (target/\\S+) /tmp/$");
    Matcher copy = copied.matcher(text);

    assertThat(copy.find()).isTrue();
    assertThat("target/" + name).matches(copy.group(1).replace(".", "[.]").replace("*", ".*"));
    assertThat(Files.readString(Path.of(".dockerignore"))).contains("!" + copy.group(1) + "\n");
    Set<String> names = members.stream().map(Member::name).collect(Collectors.toSet());
    List<String> used =
        Pattern.compile("/opt/consentry/([\\w/.-]+)")
            .matcher(text)
            .results()
            .map((MatchResult path) -> path.group(1))
            .distinct()
            .toList();
    assertThat(used).containsExactly("bin/consentry").allMatch(names::contains);
    assertThat(text)
        .containsPattern("(?m)^USER [1-9][0-9]*:[1-9][0-9]*$")
        .contains("ENTRYPOINT [\"/opt/consentry/bin/consentry\"]\n")
        .contains("VOLUME /var/lib/consentry\n")
        .contains("ENV CONSENTRY_HOME=/var/lib/consentry ");
  }

  private static String timestamp() throws IOException {
    Matcher stamp =
        Pattern.compile("<project.build.outputTimestamp>([^<]+)<")
            .matcher(Files.readString(Path.of("pom.xml")));
    assertThat(stamp.find()).isTrue();
    return stamp.group(1);
  }

  /** Reads the headers of a tar file (POSIX.1-1988 and long names of POSIX.1-2001). */
  private static List<Member> members(Path file) throws IOException {
    List<Member> members = new ArrayList<>();
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      String longName = "";
      byte[] header = in.readNBytes(BLOCK);
      while (header.length == BLOCK && header[0] != 0) {
        long size = Long.parseLong(text(header, 124, 12).strip(), 8);
        byte[] content = in.readNBytes(Math.toIntExact((size + BLOCK - 1) / BLOCK * BLOCK));
        char type = (char) header[156];
        if (type == 'x') {
          longName = path(new ByteArrayInputStream(content).readNBytes((int) size));
        } else {
          String name = longName.isEmpty() ? name(header) : longName;
          members.add(member(header, name, type));
          longName = "";
        }
        header = in.readNBytes(BLOCK);
      }
    }
    return members.stream().filter(member -> !member.name().isEmpty()).toList();
  }

  private static Member member(byte[] header, String name, char type) {
    String inside = name.substring(name.indexOf('/') + 1).replaceFirst("/$", "");
    return new Member(
        inside,
        Integer.toOctalString(Integer.parseInt(text(header, 100, 8).strip(), 8) & 0777),
        number(header, 108)
            + ":"
            + number(header, 116)
            + " "
            + text(header, 265, 32)
            + ":"
            + text(header, 297, 32),
        Long.parseLong(text(header, 136, 12).strip(), 8),
        type);
  }

  private static String name(byte[] header) {
    String prefix = text(header, 345, 155);
    return (prefix.isEmpty() ? "" : prefix + "/") + text(header, 0, 100);
  }

  private static String path(byte[] records) {
    Matcher path =
        Pattern.compile("(?m)^[0-9]+ path=(.*)$")
            .matcher(new String(records, StandardCharsets.UTF_8));
    return path.find() ? path.group(1) : "";
  }

  private static long number(byte[] header, int from) {
    return Long.parseLong(text(header, from, 8).strip(), 8);
  }

  private static String text(byte[] header, int from, int length) {
    int end = from;
    while (end < from + length && header[end] != 0) {
      end++;
    }
    return new String(header, from, end - from, StandardCharsets.UTF_8);
  }
}
