package org.consentry.release.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The colours of the pages, in both schemes, by the contrast of WCAG 2.2. */
class StyleTest {

  private static final Pattern ROLE = Pattern.compile("--([a-z]+):#([0-9a-f]{6})");
  private static final List<String> BACKGROUNDS = List.of("paper", "panel");

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void everyColourOfTextHasContrastToEveryBackground(String scheme) {
    Map<String, String> roles = roles(scheme);

    for (String background : BACKGROUNDS) {
      for (String text : List.of("ink", "soft", "link", "accent", "good", "warn", "bad")) {
        assertThat(contrast(roles, text, background))
            .as("%s on %s", text, background)
            .isGreaterThanOrEqualTo(4.5);
      }
      for (String shape : List.of("bar", "edge", "link")) {
        assertThat(contrast(roles, shape, background))
            .as("%s on %s", shape, background)
            .isGreaterThanOrEqualTo(3);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void aSchemeHasEveryRoleAndNoColourIsOutsideOfThem(String scheme) {
    assertThat(roles(scheme))
        .containsOnlyKeys(
            "ink", "soft", "paper", "panel", "line", "edge", "link", "accent", "bar", "good",
            "warn", "bad");
    assertThat(Page.STYLE.lines().skip(2)).noneMatch(line -> line.matches(".*#[0-9a-f]{3,8}.*"));
  }

  /** The first line of the style is the light scheme, the second the dark one. */
  private static Map<String, String> roles(String scheme) {
    String line = Page.STYLE.lines().toList().get(scheme.equals("light") ? 0 : 1);
    assertThat(line).contains("color-scheme:" + scheme);
    Map<String, String> roles = new TreeMap<>();
    ROLE.matcher(line)
        .results()
        .forEach((MatchResult role) -> roles.put(role.group(1), role.group(2)));
    return roles;
  }

  private static double contrast(Map<String, String> roles, String one, String other) {
    double first = luminance(roles.getOrDefault(one, "")) + 0.05;
    double second = luminance(roles.getOrDefault(other, "")) + 0.05;
    return Math.max(first, second) / Math.min(first, second);
  }

  /** Relative luminance of WCAG 2. */
  private static double luminance(String colour) {
    double[] weights = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      double part = Integer.parseInt(colour.substring(2 * i, 2 * i + 2), 16) / 255.0;
      sum += weights[i] * (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
    }
    return sum;
  }
}
