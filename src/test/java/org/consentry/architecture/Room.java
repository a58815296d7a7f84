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

  COMPONENT(2, PROBLEM),
  KEYS(2, DATA, PROBLEM),
  RISK(2, DATA),

  SOURCE(3, DATA, COMPONENT, PROBLEM),
  CONSENT(3, DATA, COMPONENT, PROBLEM),
  TRANSFORM(3, DATA, COMPONENT, KEYS, PROBLEM),
  CLASSIFY(3, DATA, COMPONENT, PROBLEM),
  SINK(3, DATA, COMPONENT, PROBLEM),
  MAPPING(3, DATA, COMPONENT, PROBLEM),

  JOB(4, COMPONENT, MAPPING, PROBLEM),
  POLICY(4, DATA, COMPONENT, MAPPING, PROBLEM),
  PIPELINE(4, DATA, SOURCE, CONSENT, TRANSFORM, CLASSIFY, SINK, KEYS, PROBLEM),
  MANIFEST(4, DATA, KEYS, PROBLEM),

  PLAN(
      5, PROBLEM, DATA, COMPONENT, KEYS, RISK, SOURCE, CONSENT, TRANSFORM, CLASSIFY, SINK, MAPPING,
      JOB, POLICY, PIPELINE, MANIFEST),
  RELEASE(5, MANIFEST, KEYS, PROBLEM),

  CUSTODY(
      6, PROBLEM, DATA, COMPONENT, KEYS, SOURCE, CONSENT, TRANSFORM, SINK, MAPPING, JOB, PIPELINE,
      MANIFEST, PLAN, RELEASE),

  ACCOUNTING(6, PROBLEM, DATA, KEYS, MANIFEST, RELEASE),

  RECALL(7, PROBLEM, DATA, KEYS, SOURCE, CONSENT, JOB, PIPELINE, PLAN, RELEASE, CUSTODY),

  BATCH(7, PROBLEM, DATA, SOURCE, PIPELINE, CUSTODY),

  CLI(
      8,
      PROBLEM,
      DATA,
      COMPONENT,
      KEYS,
      RISK,
      SOURCE,
      CONSENT,
      TRANSFORM,
      CLASSIFY,
      SINK,
      MAPPING,
      JOB,
      POLICY,
      PIPELINE,
      MANIFEST,
      PLAN,
      RELEASE,
      CUSTODY,
      ACCOUNTING,
      RECALL,
      BATCH);

  /** Rooms without a clock, random numbers, input or output, log or framework. */
  static final Set<Room> PURE = EnumSet.of(DATA, RISK, TRANSFORM, CLASSIFY, POLICY);

  /** Rooms that read or write people's files. */
  static final Set<Room> KNOW_JSON = EnumSet.of(COMPONENT, JOB, MAPPING, MANIFEST, RELEASE, CLI);

  /** Rooms that know Spring. */
  static final Set<Room> KNOW_SPRING = EnumSet.of(BATCH, CLI);

  final int floor;

  @SuppressWarnings("ImmutableEnumChecker") // It is a copy made by Set.of.
  final Set<Room> mayUse;

  Room(int floor, Room... mayUse) {
    this.floor = floor;
    this.mayUse = Set.of(mayUse);
  }

  /**
   * The room a package lies in.
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
