package org.consentry.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The house keeps its rules. */
final class HouseTest {

  private static final String BASE = "org.consentry";

  private static final Path SPARK = Path.of("src/spark/java/org/consentry/spark/SparkCluster.java");

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(BASE);

  static List<ArchRule> rules() {
    return new HouseRules(BASE).all();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void keepsTheRule(ArchRule rule) {
    assertThat(rule.evaluate(HOUSE).getFailureReport().getDetails()).isEmpty();
  }

  @Test
  void looksAtTheHouseAndNotAtItsTests() {
    assertThat(HOUSE.contain("org.consentry.cli.Main")).isTrue();
    assertThat(HOUSE.contain(HouseTest.class)).isFalse();
  }

  /** The room that knows Spark is built apart, and found as a service. */
  @Test
  void knowsNothingOfSpark() throws IOException {
    Pattern spark = Pattern.compile("org\\.apache\\.spark|org\\.consentry\\.spark");
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
      List<Path> seeing = new ArrayList<>();
      for (Path source : sources) {
        if (spark.matcher(Files.readString(source)).find()) {
          seeing.add(source);
        }
      }
      assertThat(sources).hasSizeGreaterThan(100);
      assertThat(seeing).isEmpty();
    }
    assertThat(spark.matcher(Files.readString(SPARK)).find()).isTrue();
  }

  @Test
  void letsNoRoomUseARoomOnItsOwnFloorOrAbove() {
    Stream<String> upward =
        Arrays.stream(Room.values())
            .flatMap(
                room ->
                    room.mayUse.stream()
                        .filter(used -> used.floor >= room.floor)
                        .map(used -> room + " -> " + used));

    assertThat(upward).isEmpty();
  }
}
