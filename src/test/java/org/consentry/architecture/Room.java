package org.consentry.architecture;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The rooms, the floor each is on and which others it may use. Arrows point down only. */
enum Room {
  PROBLEM(1),
  DATA(1),

  CONFIG(2, PROBLEM, DATA),
  KEYS(2, PROBLEM, DATA),
  CONSENT(2, PROBLEM, DATA),

  CONNECTOR(3, PROBLEM, DATA, CONFIG, KEYS),
  OPERATOR(3, PROBLEM, DATA, CONFIG),
  LEDGER(3, PROBLEM, DATA, KEYS),
  RISK(3),
  PROFILE(3, PROBLEM, DATA),

  POLICY(4, PROBLEM, DATA, CONFIG, PROFILE),
  RELEASE(4, PROBLEM, DATA, KEYS, LEDGER),

  PLAN(5, PROBLEM, DATA, CONFIG, KEYS, CONSENT, CONNECTOR, OPERATOR, POLICY, PROFILE),

  EXPORT(
      6, PROBLEM, DATA, CONFIG, KEYS, CONSENT, CONNECTOR, OPERATOR, LEDGER, RISK, RELEASE, PLAN,
      PROFILE),

  FOLLOWUP(7, PROBLEM, DATA, KEYS, CONSENT, LEDGER, RELEASE, PLAN, EXPORT),
  BATCH(7, PROBLEM, EXPORT),

  SERVICE(8, PROBLEM, DATA, CONFIG, KEYS, LEDGER, RELEASE, PLAN, EXPORT, FOLLOWUP),
  CLI(9, PROBLEM, KEYS, OPERATOR, LEDGER, RELEASE, PLAN, EXPORT, FOLLOWUP, BATCH, SERVICE);

  /** Rooms without a clock, random numbers, input or output, log or framework. */
  static final Set<Room> PURE = EnumSet.of(DATA, RISK, PROFILE, OPERATOR, POLICY);

  /** Rooms that read or write people's files; so does the package {@code connector.fhir}. */
  static final Set<Room> KNOW_JSON = EnumSet.of(CONFIG, LEDGER, RELEASE, SERVICE, CLI);

  /** Rooms that know Spring. */
  static final Set<Room> KNOW_SPRING = EnumSet.of(BATCH, SERVICE, CLI);

  final int floor;

  @SuppressWarnings("ImmutableEnumChecker") // It is a copy made by Set.of.
  final Set<Room> mayUse;

  Room(int floor, Room... mayUse) {
    this.floor = floor;
    this.mayUse = Set.of(mayUse);
  }

  /**
   * The room of a package.
   *
   * @param base the package above all rooms
   * @return empty for the base package itself, for another house and for a name that is no room
   */
  static Optional<Room> of(String base, String packageName) {
    if (!packageName.startsWith(base + ".")) {
      return Optional.empty();
    }
    String name = packageName.substring(base.length() + 1).split("\\.", 2)[0];
    return Arrays.stream(values()).filter(room -> room.word().equals(name)).findAny();
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
