package org.consentry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;
import org.junit.jupiter.api.Test;

class YamlFileTest {

  private static List<String> problems(String text) {
    return problems(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> problems(byte[] bytes) {
    Problems problems = new Problems();
    Optional<YamlFile> file = YamlFile.parse(bytes, "a.yaml", problems);
    assertThat(file.isEmpty()).isEqualTo(problems.hasErrors());
    return problems.list().stream().map(Problem::toString).toList();
  }

  @Test
  void keepsTheSourceTextAndThePlaceOfEveryValue() {
    Problems problems = new Problems();
    String text = "job: x\nstudy: {id: 2026-014, methods: no, share: 007}\nlist:\n  - \"a\"\n";

    YamlFile file =
        YamlFile.parse(text.getBytes(StandardCharsets.UTF_8), "a.yaml", problems).orElseThrow();

    Node.Mapping study = (Node.Mapping) file.root().entry("study").orElseThrow().value();
    assertThat(study.entry("id").orElseThrow().value().toString())
        .isEqualTo("Scalar[place=a.yaml:2:13, text=2026-014, style=PLAIN]");
    assertThat(study.entry("methods").orElseThrow().value().toString())
        .isEqualTo("Scalar[place=a.yaml:2:32, text=no, style=PLAIN]");
    assertThat(study.entry("share").orElseThrow().place()).hasToString("a.yaml:2:36");
    assertThat(file.root().entry("list").orElseThrow().value().toString())
        .isEqualTo(
            "Sequence[place=a.yaml:4:3, items=[Scalar[place=a.yaml:4:5, text=a, style=QUOTED]]]");
  }

  @Test
  void digestsExactlyTheBytesItRead() {
    YamlFile file =
        YamlFile.parse("a: 1\n".getBytes(StandardCharsets.UTF_8), "a.yaml", new Problems())
            .orElseThrow();

    assertThat(file.sha256())
        .isEqualTo("37b128c59f1f5097f73f82691cb519f1f568667faab5ced1b4ab979d36837eae");
  }

  @Test
  void skipsAByteOrderMark() {
    assertThat(problems("\uFEFFa: 1\n")).isEmpty();
  }

  @Test
  void reportsEveryThingThatAPlainReaderWouldQuietlyAccept() {
    String text =
        """
        base: &base {a: 1}
        a: *base
        <<: *base
        b: !!str 1
        b: 2
        c: !date 3
        ? [x, y]
        : 4
        """;

    assertThat(problems(text))
        .containsExactly(
            "a.yaml:1:7: error YAML_ANCHOR there is an anchor (&) here; write the value out where it"
                + " is needed",
            "a.yaml:2:4: error YAML_ALIAS there is an alias (*) here; write the value out",
            "a.yaml:3:5: error YAML_ALIAS there is an alias (*) here; write the value out",
            "a.yaml:3:1: error YAML_MERGE there is a merge key (<<) here; write the keys out",
            "a.yaml:4:4: error YAML_TAG there is a tag (!) here; write the plain value",
            "a.yaml:5:1: error DUPLICATE_KEY the key 'b' is in line 4 already; remove one of"
                + " the two",
            "a.yaml:6:4: error YAML_TAG there is a tag (!) here; write the plain value",
            "a.yaml:7:3: error WRONG_TYPE expected a key but found a list");
  }

  @Test
  void refusesASecondDocument() {
    assertThat(problems("a: 1\n---\nb: 2\n"))
        .containsExactly(
            "a.yaml:2:1: error YAML_DOCUMENTS a second document begins here; keep one document in a"
                + " file");
  }

  @Test
  void refusesTabs() {
    assertThat(problems("a:\n\tb: 1\nc: 1\t# x\n"))
        .containsExactly(
            "a.yaml:2:1: error YAML_TAB there is a tab here; use spaces",
            "a.yaml:3:5: error YAML_TAB there is a tab here; use spaces");
  }

  @Test
  void refusesWhatIsNotUtf8AndNamesTheLine() {
    assertThat(problems(new byte[] {'a', ':', '\n', ' ', (byte) 0xE4, '\n'}))
        .containsExactly("a.yaml:2: error NOT_UTF8 the line is not UTF-8; save the file as UTF-8");
  }

  @Test
  void refusesControlCharacters() {
    assertThat(problems("a: \u0000\n"))
        .containsExactly(
            "a.yaml: error YAML_SYNTAX the file has characters that YAML does not allow; remove"
                + " control characters");
  }

  @Test
  void refusesBrokenSyntaxWithItsPlaceAndWithoutContent() {
    assertThat(problems("a: {b: 1\nc: secret\n"))
        .containsExactly(
            "a.yaml:2:2: error YAML_SYNTAX this is not YAML: expected ',' or '}', but got :;"
                + " check indentation and quotes");
  }

  @Test
  void refusesAnEmptyFile() {
    assertThat(problems("# nothing\n"))
        .containsExactly(
            "a.yaml: error FILE_EMPTY the file is empty; write a mapping of keys to values");
  }

  @Test
  void refusesAListAtTheTop() {
    assertThat(problems("- a\n"))
        .containsExactly(
            "a.yaml:1:1: error WRONG_TYPE expected a mapping of keys to values but found a list");
  }

  @Test
  void refusesDeepNesting() {
    assertThat(problems("a: " + "[".repeat(100_000)))
        .containsExactly("a.yaml:1:23: error YAML_TOO_DEEP more than 20 levels are nested here");
  }

  @Test
  void refusesMoreThanAMebibyte() {
    assertThat(problems("a: " + "x".repeat(YamlFile.MAX_BYTES)))
        .containsExactly(
            "a.yaml: error FILE_TOO_LARGE the file is larger than 1 MiB; keep data in list files"
                + " and name them here");
  }

  @Test
  void refusesAnotherYamlVersion() {
    assertThat(problems("%YAML 1.1\n---\na: no\n"))
        .containsExactly(
            "a.yaml:1:1: error YAML_VERSION files are read as YAML 1.2; remove the %YAML line");
  }

  @Test
  void namesAFileThatIsNotThere() {
    Problems problems = new Problems();

    Optional<YamlFile> file = YamlFile.read(Path.of("no-such.yaml"), "jobs/x.yaml", problems);

    assertThat(file).isEmpty();
    assertThat(problems.list())
        .extracting(Problem::toString)
        .containsExactly("jobs/x.yaml: error NO_SUCH_FILE there is no such file; check the path");
  }
}
