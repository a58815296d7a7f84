package org.consentry.sample;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Who the patients are: why each comes, which story the consent forms have, and a life that fits
 * both.
 */
final class Roster {
  /** Patients, not counting the second identity that a few have. */
  static final int PATIENTS = 1000;

  /** Patients whose eyelid surgery the eyelid study asks for. */
  static final int COHORT = 600;

  private static final int LONG_AGO = 15;
  private static final List<Care> OTHER_CARE =
      List.of(
          Care.BREAST_RECONSTRUCTION,
          Care.BREAST_RECONSTRUCTION,
          Care.BREAST_COSMETIC,
          Care.BREAST_COSMETIC,
          Care.ABDOMEN,
          Care.NOSE,
          Care.NOSE,
          Care.BURN,
          Care.SCAR,
          Care.SKIN_CANCER,
          Care.INJECTION,
          Care.FACELIFT,
          Care.MALE_CHEST,
          Care.EYELID_COMPANION,
          Care.CONSULTATION_ONLY);

  /** Ninety, or not quite, or nearly, on 2026-11-01; and two who are far beyond. */
  private static final List<LocalDate> OLD_AGE =
      List.of(
          LocalDate.of(1936, 10, 31),
          LocalDate.of(1936, 11, 1),
          LocalDate.of(1936, 11, 2),
          LocalDate.of(1936, 12, 31),
          LocalDate.of(1937, 1, 1),
          LocalDate.of(1919, 2, 28),
          LocalDate.of(1921, 7, 4));

  private Roster() {}

  static List<Patient> patients() {
    List<Slot> slots = new ArrayList<>();
    slots.addAll(slots(COHORT, Membership.COHORT));
    slots.addAll(slots(PATIENTS - COHORT, Membership.OTHER));
    List<Slot> order = Draws.of("roster", 0).shuffled(slots);
    List<Patient> patients = new ArrayList<>();
    int elders = 0;
    for (int i = 0; i < order.size(); i++) {
      Slot slot = order.get(i);
      boolean elder =
          elders < OLD_AGE.size() && slot.story == Story.BROAD && slot.care == Care.EYELID;
      LocalDate born =
          elder ? OLD_AGE.get(elders++) : born(slot.story.ageGroup(), Draws.of("born", i));
      patients.add(patient(i + 1, slot, born));
    }
    return List.copyOf(patients);
  }

  private enum Membership {
    COHORT,
    OTHER
  }

  private record Slot(Care care, Story story) {}

  private static List<Slot> slots(int size, Membership membership) {
    List<Story> stories = new ArrayList<>();
    for (Story story : Story.values()) {
      int times = membership == Membership.COHORT ? story.inCohort() : story.others();
      stories.addAll(Collections.nCopies(times, story));
    }
    stories.addAll(Collections.nCopies(size - stories.size(), Story.BROAD));
    List<Slot> slots = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Story story = stories.get(i);
      boolean longAgo = i >= size - LONG_AGO;
      slots.add(
          new Slot(
              membership == Membership.COHORT ? cohortCare(story) : otherCare(story, i, longAgo),
              story));
    }
    return slots;
  }

  private static Care cohortCare(Story story) {
    return isChild(story) ? Care.EYELID_OF_CHILD : Care.EYELID;
  }

  private static Care otherCare(Story story, int index, boolean longAgo) {
    if (isChild(story)) {
      return Care.CLEFT;
    }
    return longAgo ? Care.EYELID_LONG_AGO : Draws.of("care", index).pick(OTHER_CARE);
  }

  private static boolean isChild(Story story) {
    return story.ageGroup() == Story.AgeGroup.CHILD || story.ageGroup() == Story.AgeGroup.INFANT;
  }

  private static LocalDate born(Story.AgeGroup group, Draws draws) {
    return switch (group) {
      case ADULT, UNREADABLE ->
          draws.chance(35)
              ? draws.day(LocalDate.of(1922, 1, 1), LocalDate.of(1936, 10, 31))
              : draws.day(LocalDate.of(1937, 1, 1), LocalDate.of(1999, 12, 31));
      case CHILD -> draws.day(LocalDate.of(2014, 2, 1), LocalDate.of(2019, 9, 30));
      case INFANT -> draws.day(LocalDate.of(2025, 1, 1), LocalDate.of(2025, 5, 31));
      case GROWN_UP_SINCE -> draws.day(LocalDate.of(2004, 6, 1), LocalDate.of(2008, 9, 30));
      case DECEASED -> draws.day(LocalDate.of(1928, 1, 1), LocalDate.of(1960, 12, 31));
    };
  }

  private static Patient patient(int number, Slot slot, LocalDate born) {
    Draws draws = Draws.of("patient", number);
    Draws household = Draws.of("household", householdOf(number));
    boolean woman = isWoman(slot.care, draws);
    boolean died =
        slot.story.ageGroup() == Story.AgeGroup.DECEASED
            || (born.getYear() < 1950 && draws.chance(90));
    LocalDate death =
        died ? draws.day(LocalDate.of(2022, 6, 1), LocalDate.of(2026, 8, 31)) : LocalDate.MAX;
    Places.Place place = Places.draw(household);
    return new Patient(
        number,
        "P%06d".formatted(number),
        draws.pick(woman ? Words.WOMEN : Words.MEN),
        surname(household),
        woman,
        born,
        death,
        place,
        phone(place, draws),
        draws.pick(Words.EMPLOYERS),
        draws.pick(draws.chance(500) ? Words.WOMEN : Words.MEN) + " " + draws.pick(Words.SURNAMES),
        slot.care,
        slot.story);
  }

  /** The first of the people living together: every fortieth patient lives with the one before. */
  static int householdOf(int number) {
    return number % 40 == 0 ? number - 1 : number;
  }

  private static String surname(Draws draws) {
    String surname = draws.pick(Words.SURNAMES);
    return draws.chance(60) ? surname + "-" + draws.pick(Words.SURNAMES) : surname;
  }

  private static boolean isWoman(Care care, Draws draws) {
    return switch (care) {
      case BREAST_RECONSTRUCTION, BREAST_COSMETIC -> true;
      case MALE_CHEST -> false;
      default -> draws.chance(680);
    };
  }

  /** A number from the range that is kept free for fiction, in one of the ways people write it. */
  static String phone(Places.Place place, Draws draws) {
    String line = "01" + draws.digits(2);
    String area = place.areaCode();
    if (area.contains(" ")) {
      return "+" + area + " 7946 " + line;
    }
    return switch (draws.below(6)) {
      case 0 -> "(" + area + ") 555-" + line;
      case 1 -> area + ".555." + line;
      case 2 -> "+1 " + area + " 555 " + line;
      case 3 -> area + "555" + line;
      default -> area + "-555-" + line;
    };
  }
}
