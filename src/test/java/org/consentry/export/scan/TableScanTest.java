package org.consentry.export.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.consentry.data.Codes;
import org.consentry.export.scan.CellSearch.Place;
import org.consentry.export.scan.ScanRules.FinestDate;
import org.consentry.export.scan.ScanRules.OwnDates;
import org.consentry.export.scan.ScanRules.Patterns;
import org.junit.jupiter.api.Test;

/** The search of one table. */
final class TableScanTest {

  private static final long SEED = 99;
  private static final List<String> PREFIXES = List.of("", "P-", "PR-", "XYZ-", "CARE-");
  private static final List<String> NAMES = List.of("code", "race", "note", "on", "mrn");
  private static final ScanRules RULES =
      new ScanRules(Patterns.US, FinestDate.DAY, OwnDates.FORBIDDEN, 3, 90);

  private static IdentifierSet source() {
    IdentifierSet.Builder builder = new IdentifierSet.Builder(SipKey.random());
    builder.add("White");
    builder.add("Kowalska");
    builder.add("71234567");
    for (int i = 0; i < 40; i++) {
      builder.addSubject("c" + i);
      builder.addDate("c" + i, LocalDate.of(2021, 4, 3).toEpochDay() + i);
    }
    return builder.build();
  }

  private static String rows(Random random, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      int person = random.nextInt(40);
      text.append('c').append(person);
      text.append(random.nextBoolean() ? ",WHITE" : ",OTHER");
      text.append(person < 5 && random.nextInt(9) == 0 ? ",by Kowalska" : ",seen");
      text.append(',').append(LocalDate.of(2021, 4, 3).plusDays(random.nextBoolean() ? person : 0));
      text.append(
          person > 35 && random.nextInt(9) == 0
              ? ",71234567"
              : "," + (200_000 + random.nextInt(900)));
      text.append('\n');
    }
    return text.toString();
  }

  private static TableScan scan(IdentifierSet set, String rows) throws IOException {
    CsvReader reader =
        new CsvReader(new ByteArrayInputStream(rows.getBytes(StandardCharsets.UTF_8)), (byte) ',');
    TableScan table = new TableScan(set, RULES, "x.csv", NAMES, Place.CELL);
    for (CellBatch batch = reader.next(); batch.rows > 0; batch = reader.next()) {
      table.scan(batch);
    }
    return table;
  }

  @Test
  void findsTheSameInPiecesAsInTheWhole() throws Exception {
    IdentifierSet set = source();
    Random random = new Random(SEED);
    String first = rows(random, 300);
    String second = rows(random, 20_000);
    String third = rows(random, 7);

    TableScan pieces = scan(set, first);
    pieces.merge(scan(set, second));
    pieces.merge(scan(set, third));

    TableScan whole = scan(set, first + second + third);
    assertThat(pieces.cells()).isEqualTo(whole.cells()).isEqualTo(5L * 20_307);
    assertThat(pieces.findings())
        .isEqualTo(whole.findings())
        .extracting(Finding::column)
        .containsExactly("note", "on", "mrn");
  }

  /** In a list of codes {@code WHITE} is an ordinary word; texts and our codes are no list. */
  @Test
  void knowsFromAnyPieceThatAColumnIsNoList() throws Exception {
    IdentifierSet set = source();
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      list.append('c').append(i).append(i % 3 == 0 ? ",OTHER" : i % 3 == 1 ? ",BLACK" : ",WHITE");
      list.append('\n');
    }
    String text = "c1," + "seen again ".repeat(30) + "\n";
    String code = "c1," + ascii(code(new Random(SEED), "V-")) + "\n";

    assertThat(scan(set, list.toString()).findings()).isEmpty();
    for (String last : List.of(text, code)) {
      TableScan pieces = scan(set, list.toString());
      pieces.merge(scan(set, last));

      assertThat(pieces.findings())
          .isEqualTo(scan(set, list + last).findings())
          .extracting(Finding::column, Finding::kind, Finding::count)
          .containsExactly(tuple("race", "name", 13L));
    }
  }

  @Test
  void takesCellsForCleanOnlyWhereTheFullSearchFindsNothing() {
    Random random = new Random(SEED);
    IdentifierSet.Builder builder = new IdentifierSet.Builder(SipKey.random());
    for (int i = 0; i < 50_000; i++) {
      builder.add(Integer.toString(100_000 + random.nextInt(9_900_000)));
    }
    byte[] listed = code(random, "");
    byte[] withPrefix = code(random, "V-");
    byte[] behindPrefix = code(random, "");
    byte[] behindName = code(random, "JOHN-");
    for (byte[] known : List.of(listed, withPrefix, behindPrefix)) {
      builder.add(ascii(known));
    }
    builder.add("John");
    IdentifierSet set = builder.build();
    CellSearch search = new CellSearch(set, ScanRules.SAFE_HARBOR);
    QuickLook quick = new QuickLook(set);

    int clean = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] cell = i % 3 == 0 ? code(random, PREFIXES.get(i % 5)) : number(random);
      boolean isClean = quick.isClean(cell, 0, cell.length) || isNumberNotInSet(quick, cell);
      String text = ascii(cell);
      CellHits hits = search.search(text, Place.CELL);
      assertThat(isClean && hits.candidates().length > 0).as("seed %d, %s", SEED, text).isFalse();
      clean += isClean ? 1 : 0;
    }
    for (String known :
        List.of(ascii(listed), ascii(withPrefix), "PR-" + ascii(behindPrefix), ascii(behindName))) {
      assertThat(quick.isClean(known.getBytes(StandardCharsets.US_ASCII), 0, known.length()))
          .as(known)
          .isFalse();
      assertThat(search.search(known, Place.CELL).candidates()).as(known).isNotEmpty();
    }
    assertThat(clean).isGreaterThan(10_000);
  }

  private static boolean isNumberNotInSet(QuickLook quick, byte[] cell) {
    int number = QuickLook.plainNumber(cell, 0, cell.length);
    return number >= 0 && quick.match(number, cell, 0, cell.length) == 0;
  }

  private static String ascii(byte[] bytes) {
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  private static byte[] code(Random random, String prefix) {
    byte[] bytes = new byte[Codes.BYTES];
    random.nextBytes(bytes);
    byte[] text = new byte[Codes.SIZE];
    Codes.encode(bytes, 0, text, 0);
    return (prefix + ascii(text)).getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] number(Random random) {
    String text = Integer.toString(random.nextInt(10_000_000));
    int point = random.nextInt(3);
    if (point > 0 && text.length() > point) {
      text = text.substring(0, text.length() - point) + "." + text.substring(text.length() - point);
    }
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
