package org.consentry.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The house keeps its rules. */
final class HouseTest {

  private static final String BASE = "org.consentry";

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
  void knowsNothingOfSpark() {
    assertThat(
            HOUSE.stream()
                .flatMap(one -> one.getDirectDependenciesFromSelf().stream())
                .map(dependency -> dependency.getTargetClass().getName())
                .filter(
                    name ->
                        name.startsWith(BASE + ".spark.") || name.startsWith("org.apache.spark.")))
        .isEmpty();
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
