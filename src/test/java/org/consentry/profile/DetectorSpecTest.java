package org.consentry.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Values that have a kind, and values that have none: {@code spec/profile}. */
final class DetectorSpecTest {

  private static final Detectors DETECTORS = Detectors.usual();

  record Case(String group, String value) {}

  static List<Case> cases(String file) throws IOException {
    List<Case> cases = new ArrayList<>();
    try (InputStream in = DetectorSpecTest.class.getResourceAsStream("/spec/profile/" + file)) {
      for (Map.Entry<String, JsonNode> group : new YAMLMapper().readTree(in).properties()) {
        group.getValue().forEach(value -> cases.add(new Case(group.getKey(), value.asString())));
      }
    }
    return cases;
  }

  @Test
  void findsEachKindInAllItsForms() throws IOException {
    assertThat(cases("found.yaml"))
        .hasSizeGreaterThan(200)
        .filteredOn(each -> !DETECTORS.of(each.value()).contains(ContentKind.valueOf(each.group())))
        .isEmpty();
  }

  @Test
  void hasFormsOfEveryKind() throws IOException {
    Set<ContentKind> kinds = EnumSet.noneOf(ContentKind.class);
    cases("found.yaml").forEach(each -> kinds.add(ContentKind.valueOf(each.group())));

    assertThat(kinds).containsExactly(ContentKind.values());
  }

  @Test
  void findsNothingInCodesNumbersWordsAndAlmostIdentifiers() throws IOException {
    List<String> found = new ArrayList<>();
    for (Case each : cases("nothing.yaml")) {
      Set<ContentKind> kinds = EnumSet.noneOf(ContentKind.class);
      kinds.addAll(DETECTORS.of(each.value()));
      kinds.remove(ContentKind.FREE_TEXT);
      if (!kinds.isEmpty()) {
        found.add(each.value() + " " + kinds);
      }
    }

    assertThat(cases("nothing.yaml")).hasSizeGreaterThan(200);
    assertThat(found).isEmpty();
  }
}
