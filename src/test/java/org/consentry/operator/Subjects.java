package org.consentry.operator;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.consentry.data.BirthDays;
import org.consentry.data.BytesColumn;
import org.consentry.data.IdRule;
import org.consentry.data.SubjectIndex;
import org.consentry.data.SubjectKeys;

/** The subjects of a test, numbered as they are added. */
final class Subjects {

  private final SubjectKeys keys = new SubjectKeys();
  private final List<Integer> births = new ArrayList<>();
  private final List<Integer> shifts = new ArrayList<>();
  private final List<String> codes = new ArrayList<>();
  private final List<Byte> exclusions = new ArrayList<>();

  Subjects add(String id, Optional<LocalDate> birth, int shift, String code) {
    return add(id, birth, shift, code, 0);
  }

  Subjects addExcluded(String id) {
    return add(id, Optional.empty(), 0, "", 4);
  }

  private Subjects add(
      String id, Optional<LocalDate> birth, int shift, String code, int exclusion) {
    byte[] key = IdRule.normalize(id).getBytes(StandardCharsets.UTF_8);
    keys.add(key, 0, key.length);
    births.add(birth.map(day -> (int) day.toEpochDay()).orElse(SubjectIndex.UNKNOWN_DAY));
    shifts.add(shift);
    codes.add(code);
    exclusions.add((byte) exclusion);
    return this;
  }

  /** Slot 0 of codes and shifts is filled. */
  SubjectIndex index() {
    byte[] excluded = new byte[exclusions.size()];
    for (int i = 0; i < excluded.length; i++) {
      excluded[i] = exclusions.get(i);
    }
    int[] deaths = new int[births.size()];
    Arrays.fill(deaths, SubjectIndex.UNKNOWN_DAY);
    return new SubjectIndex(
        keys,
        excluded,
        BirthDays.on(ints(births)),
        deaths,
        List.of(codes()),
        List.of(ints(shifts)));
  }

  private BytesColumn codes() {
    return Batch.column(codes.stream().map(Optional::of).toList());
  }

  private static int[] ints(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }
}
