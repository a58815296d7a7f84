package org.consentry.architecture;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The rules of the house below one base package; each names the class and what it uses. */
final class HouseRules {

  private static final Set<String> WORDS_WITHOUT_MEANING =
      Set.of("util", "utils", "common", "helper", "helpers", "manager", "impl", "misc");

  private final String base;

  HouseRules(String base) {
    this.base = base;
  }

  List<ArchRule> all() {
    return List.of(
        everyClassHasARoom(),
        arrowsPointDown(),
        insidesStayInside(),
        packagesHaveMeaning(),
        springStaysAtTheEdge(),
        jsonStaysWhereFilesAreReadOrWritten(),
        commandLineStaysInCli(),
        pureRoomsKnowNoFramework(),
        pureRoomsDoNotTouchTheWorld(),
        noWeakRandom(),
        noDefaultCharset(),
        noDefaultTimeZone(),
        noDefaultLocale(),
        noConsoleBelowCli(),
        everyPackageIsNullMarked(),
        classesAreClosed());
  }

  ArchRule everyClassHasARoom() {
    return rule(
        "be in a room of the house",
        javaClass -> roomOf(javaClass).isEmpty() ? Stream.of("is in no room") : Stream.empty());
  }

  ArchRule arrowsPointDown() {
    return rule(
        "use only the rooms that theirs may use",
        javaClass ->
            targets(javaClass)
                .filter(target -> target.getPackageName().startsWith(base))
                .filter(target -> !mayUse(javaClass, target))
                .map(target -> "may not use " + target.getName()));
  }

  ArchRule insidesStayInside() {
    return rule(
        "use only the root package of another room",
        javaClass ->
            targets(javaClass)
                .filter(target -> target.getPackageName().startsWith(base))
                .filter(target -> !roomOf(target).equals(roomOf(javaClass)))
                .filter(this::isInside)
                .map(target -> "uses the inside of a room, " + target.getName()));
  }

  ArchRule packagesHaveMeaning() {
    return rule(
        "be in packages with a word of the field",
        javaClass ->
            Arrays.stream(javaClass.getPackageName().split("\\."))
                .filter(WORDS_WITHOUT_MEANING::contains)
                .map(word -> "is in a package named " + word));
  }

  ArchRule springStaysAtTheEdge() {
    return usesOnlyIn(
        Room.KNOW_SPRING,
        "Spring",
        target -> target.getPackageName().startsWith("org.springframework."));
  }

  ArchRule jsonStaysWhereFilesAreReadOrWritten() {
    return usesOnlyIn(
        Room.KNOW_JSON,
        javaClass -> javaClass.getPackageName().startsWith(base + ".connector.fhir"),
        "JSON and YAML",
        startsWithAny(
            "tools.jackson.",
            "com.fasterxml.jackson.",
            "com.networknt.",
            "org.yaml.",
            "org.snakeyaml.",
            "shaded.parquet."));
  }

  ArchRule commandLineStaysInCli() {
    return usesOnlyIn(Set.of(Room.CLI), "command line", startsWithAny("picocli."));
  }

  ArchRule pureRoomsKnowNoFramework() {
    Predicate<JavaClass> known = startsWithAny("java.", "javax.crypto.", "org.jspecify.", base);
    Set<Room> jdkOnly = EnumSet.copyOf(Room.PURE);
    jdkOnly.add(Room.PROBLEM);
    return usesOnlyIn(
        EnumSet.complementOf(EnumSet.copyOf(jdkOnly)),
        "frameworks",
        target -> !target.isPrimitive() && !known.test(target));
  }

  ArchRule pureRoomsDoNotTouchTheWorld() {
    Set<Room> others = EnumSet.complementOf(EnumSet.copyOf(Room.PURE));
    return accessesOnlyIn(others, this::writesForAllRooms, ForbiddenCalls.WORLD);
  }

  /** The one class that writes to the disk for every room is in the lowest one. */
  private boolean writesForAllRooms(JavaClass javaClass) {
    return javaClass.getName().startsWith(base + ".data.DurableFiles");
  }

  ArchRule noWeakRandom() {
    return accessesOnlyIn(Set.of(), ForbiddenCalls.WEAK_RANDOM);
  }

  ArchRule noDefaultCharset() {
    return accessesOnlyIn(Set.of(), ForbiddenCalls.DEFAULT_CHARSET);
  }

  ArchRule noDefaultTimeZone() {
    return accessesOnlyIn(Set.of(Room.CLI), ForbiddenCalls.DEFAULT_TIME_ZONE);
  }

  ArchRule noDefaultLocale() {
    return accessesOnlyIn(Set.of(), ForbiddenCalls.DEFAULT_LOCALE);
  }

  ArchRule noConsoleBelowCli() {
    return accessesOnlyIn(Set.of(Room.CLI), ForbiddenCalls.CONSOLE);
  }

  ArchRule everyPackageIsNullMarked() {
    return rule(
        "be in a package that is @NullMarked",
        javaClass ->
            javaClass.getPackage().isAnnotatedWith(NullMarked.class)
                ? Stream.empty()
                : Stream.of("is in a package without a @NullMarked package-info"));
  }

  ArchRule classesAreClosed() {
    return rule(
        "be final, sealed or abstract",
        javaClass ->
            isClosed(javaClass) ? Stream.empty() : Stream.of("is open: make it final or sealed"));
  }

  private static boolean isClosed(JavaClass javaClass) {
    return javaClass.isInterface()
        || javaClass.isEnum()
        || javaClass.isAnonymousClass()
        || javaClass.getModifiers().contains(JavaModifier.FINAL)
        || javaClass.getModifiers().contains(JavaModifier.ABSTRACT)
        || javaClass.reflect().isSealed();
  }

  private boolean mayUse(JavaClass from, JavaClass to) {
    Optional<Room> user = roomOf(from);
    Optional<Room> used = roomOf(to);
    return user.isPresent()
        && used.isPresent()
        && (user.equals(used) || user.get().mayUse.contains(used.get()));
  }

  private boolean isInside(JavaClass javaClass) {
    return roomOf(javaClass)
        .map(room -> !javaClass.getPackageName().equals(base + "." + room.word()))
        .orElse(false);
  }

  private Optional<Room> roomOf(JavaClass javaClass) {
    return Room.of(base, javaClass.getPackageName());
  }

  private ArchRule usesOnlyIn(Set<Room> rooms, String what, Predicate<JavaClass> forbidden) {
    return usesOnlyIn(rooms, javaClass -> false, what, forbidden);
  }

  private ArchRule usesOnlyIn(
      Set<Room> rooms, Predicate<JavaClass> exempt, String what, Predicate<JavaClass> forbidden) {
    return rule(
        "use no " + what + " outside " + words(rooms),
        javaClass ->
            isIn(rooms, javaClass) || exempt.test(javaClass)
                ? Stream.empty()
                : targets(javaClass).filter(forbidden).map(target -> "uses " + target.getName()));
  }

  private ArchRule accessesOnlyIn(Set<Room> rooms, ForbiddenCalls forbidden) {
    return accessesOnlyIn(rooms, javaClass -> false, forbidden);
  }

  private ArchRule accessesOnlyIn(
      Set<Room> rooms, Predicate<JavaClass> exempt, ForbiddenCalls forbidden) {
    BiPredicate<String, String> matches = forbidden::matches;
    return rule(
        "leave alone " + forbidden.what() + (rooms.isEmpty() ? "" : " outside " + words(rooms)),
        javaClass ->
            isIn(rooms, javaClass) || exempt.test(javaClass)
                ? Stream.empty()
                : javaClass.getAccessesFromSelf().stream()
                    .filter(access -> matches.test(owner(access), access.getTarget().getFullName()))
                    .map(access -> "uses " + access.getTarget().getFullName()));
  }

  private static String owner(JavaAccess<?> access) {
    return access.getTargetOwner().getName();
  }

  private boolean isIn(Set<Room> rooms, JavaClass javaClass) {
    return roomOf(javaClass).map(rooms::contains).orElse(false);
  }

  private static Stream<JavaClass> targets(JavaClass javaClass) {
    return javaClass.getDirectDependenciesFromSelf().stream()
        .map(dependency -> dependency.getTargetClass().getBaseComponentType());
  }

  private static Predicate<JavaClass> startsWithAny(String... prefixes) {
    return target -> Arrays.stream(prefixes).anyMatch(target.getName()::startsWith);
  }

  private static String words(Set<Room> rooms) {
    return String.join(", ", rooms.stream().sorted().map(Room::word).toList());
  }

  /**
   * A rule over every class; the function names what a class does wrong, one word of complaint
   * each.
   */
  private static ArchRule rule(String demand, Function<JavaClass, Stream<String>> complaints) {
    ArchCondition<JavaClass> condition =
        new ArchCondition<>(demand) {
          @Override
          public void check(JavaClass javaClass, ConditionEvents events) {
            complaints
                .apply(javaClass)
                .distinct()
                .forEach(
                    complaint ->
                        events.add(violated(javaClass, javaClass.getName() + " " + complaint)));
          }
        };
    return classes().should(condition).allowEmptyShould(true);
  }
}
