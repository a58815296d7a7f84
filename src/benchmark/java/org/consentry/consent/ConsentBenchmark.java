package org.consentry.consent;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.consentry.consent.ConsentRequest.MethodsResearch;
import org.consentry.consent.ConsentRequest.Minors;
import org.consentry.consent.ConsentRequest.Profit;
import org.consentry.consent.ConsentRequest.Recipient;
import org.consentry.consent.ConsentRequest.StudyState;
import org.consentry.consent.ConsentRequest.Use;
import org.consentry.data.BirthDays;
import org.consentry.data.RecordCategory;
import org.consentry.data.SubjectKeys;
import org.consentry.export.Parallel;
import org.consentry.export.decide.ConsentLines;
import org.consentry.plan.ConsentForm;

/**
 * Reads and decides three consent lines for each of a million patients (or as many as the first
 * argument asks) and prints lines a second, bytes a patient and the price of asking. One thread
 * reads, from a file that was just written.
 */
public final class ConsentBenchmark {

  private static final int LINES_A_PATIENT = 3;
  private static final String EVIDENCE = "0123456789abcdef".repeat(4);

  private final PrintStream out;

  private ConsentBenchmark(PrintStream out) {
    this.out = out;
  }

  /**
   * Warms up with a tenth of the patients, then measures.
   *
   * @param args how many patients, or nothing
   */
  public static void main(String[] args) throws IOException {
    int patients = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
    run(patients / 10, System.out);
    run(patients, System.out);
  }

  /** Measures once. */
  public static void run(int patients, PrintStream out) throws IOException {
    new ConsentBenchmark(out).run(patients);
  }

  private void run(int patients) throws IOException {
    long before = usedBytes();
    SubjectKeys keys = keys(patients);
    int[] birthDays = new int[patients];
    Arrays.fill(birthDays, (int) LocalDate.of(1980, 1, 1).toEpochDay());
    ConsentDecider decider = new ConsentDecider(request(), keys, BirthDays.on(birthDays));
    Lines lines = new Lines(patients);
    Path file = Files.createTempFile("consents", ".csv");
    Files.copy(lines, file, StandardCopyOption.REPLACE_EXISTING);

    long start = System.nanoTime();
    long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    ConsentReadResult reading =
        ConsentLines.open(file, "consents.csv", ConsentForm.USUAL)
            .read(keys, decider, RestrictionDigest.NONE, Parallel.onCallingThread());
    long read = System.nanoTime();
    Files.delete(file);
    double busy = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e9;
    long kept = usedBytes() - before;
    long deciding = System.nanoTime();
    ConsentDecisions decisions = decider.decide();
    long decided = System.nanoTime();
    String digest = decisions.digest();
    long digested = System.nanoTime();
    long released = ask(decisions, patients);
    long asked = System.nanoTime();

    print("patients %,d, lines %,d, bytes %,d", patients, reading.lines(), lines.made);
    print(
        "read      %.2f s, %,.0f lines/s",
        seconds(start, read), reading.lines() / seconds(start, read));
    print("          %.2f s of processor, %,.0f lines/s", busy, reading.lines() / busy);
    print(
        "decide    %.2f s, permitted %,d",
        seconds(deciding, decided), decisions.flow().permitted());
    print("digest    %.2f s, %s", seconds(decided, digested), digest.substring(0, 15));
    print(
        "kept      %.1f bytes a patient while deciding, ids and birth dates included",
        (double) kept / patients);
    print(
        "ask       %.1f ns a record, released %,d",
        seconds(digested, asked) * 1e9 / (20L * patients), released);
  }

  private static long ask(ConsentDecisions decisions, int patients) {
    long released = 0;
    for (int i = 0; i < 20; i++) {
      for (int subject = 0; subject < patients; subject++) {
        if (decisions.record(
                subject, RecordCategory.VISIT, 18_000 + i * 100, 18_001 + i * 100, false)
            == 0) {
          released++;
        }
      }
    }
    return released;
  }

  private static SubjectKeys keys(int patients) {
    SubjectKeys keys = new SubjectKeys();
    for (int p = 0; p < patients; p++) {
      byte[] id = id(p).getBytes(StandardCharsets.UTF_8);
      keys.add(id, 0, id.length);
    }
    return keys;
  }

  private static String id(int patient) {
    return "P" + (100_000_000 + patient);
  }

  private static ConsentRequest request() {
    return new ConsentRequest(
        "IRB-2026-014",
        StudyState.OPEN,
        "CLINTRCH",
        MethodsResearch.NO,
        List.of("H02.4"),
        new Recipient(
            "uni-x", Set.of(), Profit.NON_PROFIT, Use.NON_COMMERCIAL, "US", Set.of(), Set.of()),
        Optional.empty(),
        Set.of(),
        Optional.empty(),
        LocalDateTime.of(2026, 11, 23, 12, 0),
        Minors.STRICT);
  }

  private static double seconds(long from, long to) {
    return (to - from) / 1e9;
  }

  private static long usedBytes() {
    for (int i = 0; i < 3; i++) {
      ManagementFactory.getMemoryMXBean().gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private void print(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }

  /** Makes the text of the lines as it is read. */
  private static final class Lines extends InputStream {

    private final int patients;
    private byte[] text = (ConsentFileHeader.TEXT + "\n").getBytes(StandardCharsets.UTF_8);
    private int at;
    private int patient;
    private long made;

    Lines(int patients) {
      this.patients = patients;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      if (at == text.length) {
        if (patient == patients) {
          return -1;
        }
        StringBuilder next = new StringBuilder(1 << 16);
        for (int end = Math.min(patients, patient + 64); patient < end; patient++) {
          append(next, patient);
        }
        text = next.toString().getBytes(StandardCharsets.UTF_8);
        at = 0;
      }
      int copied = Math.min(length, text.length - at);
      System.arraycopy(text, at, buffer, offset, copied);
      at += copied;
      made += copied;
      return copied;
    }

    private static void append(StringBuilder text, int p) {
      String day = LocalDate.of(2018, 1, 1).plusDays(p % 2_000).toString();
      int line = p * LINES_A_PATIENT;
      permit(text, line, p, day, "HRESCH", p % 3 == 0 ? day : "*", "*");
      permit(text, line + 1, p, day, "HMARKT", "*", "PHOTO|FACE_PHOTO");
      if (p % 10 == 0) {
        text.append('C')
            .append(line + 2)
            .append(',')
            .append(id(p))
            .append(",WITHDRAW,ACTIVE,2025-05-05T10:00:00,,,,,,,,,PATIENT,,NA,,,,,,,,,C")
            .append(line)
            .append(",,AZ,paper\n");
      } else {
        text.append('C')
            .append(line + 2)
            .append(',')
            .append(id(p))
            .append(
                ",DENY,ACTIVE,2025-05-05T10:00:00,,,,,,,,,PATIENT,,NA,HMARKT,,,,,,,,,,AZ,paper\n");
      }
    }

    private static void permit(
        StringBuilder text,
        int line,
        int p,
        String day,
        String purpose,
        String from,
        String categories) {
      text.append('C')
          .append(line)
          .append(',')
          .append(id(p))
          .append(",PERMIT,ACTIVE,")
          .append(day)
          .append("T10:15:00,")
          .append(day)
          .append("T18:00:00,")
          .append(day)
          .append(",2045-12-31,,HIPAA_AUTH,RES-AUTH,3.1,")
          .append(EVIDENCE)
          .append(",PATIENT,,NA,")
          .append(purpose)
          .append(",HMB|NPU,*,*,")
          .append(from)
          .append(",*,")
          .append(categories)
          .append(",,,,AZ,tablet\n");
    }
  }

  /** The header of a file of consent lines. */
  private static final class ConsentFileHeader {
    private static final String TEXT =
        String.join(",", Arrays.stream(ConsentColumn.values()).map(ConsentColumn::header).toList());
  }
}
