package org.consentry.config;

import java.time.ZoneId;
import java.util.Optional;

/**
 * The clinic's time zone: a region such as {@code America/Phoenix}, or {@code UTC}. An offset is
 * none, because it does not know when clocks change.
 *
 * @param id the zone
 */
@Doc("a region such as America/Phoenix, or UTC")
public record Zone(ZoneId id) {

  /** Reads a name; empty when there is no such region. */
  public static Optional<Zone> parse(String text) {
    boolean region = (text.contains("/") && !text.startsWith("Etc/")) || text.equals("UTC");
    return region && ZoneId.getAvailableZoneIds().contains(text)
        ? Optional.of(new Zone(ZoneId.of(text)))
        : Optional.empty();
  }
}
