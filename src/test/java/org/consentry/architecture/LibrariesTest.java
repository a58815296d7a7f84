package org.consentry.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the documentation and the application folder list of libraries and licences. */
final class LibrariesTest {

  @Test
  void theDocumentedVersionsAreThoseOfTheBuild() throws IOException {
    Set<String> jars =
        Arrays.stream(
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"))
                    .split(File.pathSeparator))
            .map(path -> String.valueOf(Path.of(path).getFileName()))
            .collect(Collectors.toSet());

    assertThat(documented()).hasSizeGreaterThan(50);
    assertThat(documented())
        .allSatisfy(library -> assertThat(jars).contains(library.replace(' ', '-') + ".jar"));
  }

  @Test
  void theBillOfMaterialsListsWhatIsDocumented() throws IOException {
    URL bill = getClass().getResource("/META-INF/sbom/application.cdx.json");
    Assumptions.assumeTrue(bill != null, "skipped: only the Maven build makes the list of parts");
    Assumptions.assumeTrue(
        bill.openConnection().getLastModified() >= Path.of("pom.xml").toFile().lastModified(),
        "skipped: the list of parts is older than pom.xml, and no Maven build was made since");
    try (InputStream in = bill.openStream()) {
      Set<String> listed = new TreeSet<>();
      for (JsonNode part : JsonMapper.builder().build().readTree(in).path("components")) {
        listed.add(part.path("name").asString("") + " " + part.path("version").asString(""));
      }
      assertThat(listed).containsExactlyInAnyOrderElementsOf(documented());
    }
  }

  @Test
  void theJarHasLicenceAndNotice() throws IOException {
    for (String name : List.of("LICENSE", "NOTICE")) {
      try (InputStream in = getClass().getResourceAsStream("/META-INF/" + name)) {
        assertThat(in).as(name).isNotNull();
      }
      assertThat(Path.of("src/main/resources/META-INF", name))
          .hasSameBinaryContentAs(Path.of(name));
    }
  }

  private static List<String> documented() throws IOException {
    String text = Files.readString(Path.of("src/docs/dependencies.md"), StandardCharsets.UTF_8);
    String list = text.substring(text.indexOf("## Versions"));
    int start = list.indexOf("```\n") + 4;
    return list.substring(start, list.indexOf("```\n", start)).lines().toList();
  }
}
