package org.consentry.architecture;

import java.util.List;

/**
 * Members that a rule forbids: what they have in common, and the members.
 *
 * <p>A member is a whole class or package ({@code java.util.Random.*}), all overloads of a method
 * ({@code java.time.Instant.now}) or one of them, with its parameter types; a constructor is named
 * {@code <init>}.
 */
record ForbiddenCalls(String what, List<String> members) {

  private ForbiddenCalls(String what, String... members) {
    this(what, List.of(members));
  }

  static final ForbiddenCalls WEAK_RANDOM =
      new ForbiddenCalls(
          "random numbers that can be guessed",
          "java.util.Random.*",
          "java.util.SplittableRandom.*",
          "java.util.concurrent.ThreadLocalRandom.*",
          "java.util.random.*",
          "java.lang.Math.random",
          "java.lang.StrictMath.random",
          "java.util.Collections.shuffle(java.util.List)");

  static final ForbiddenCalls DEFAULT_CHARSET =
      new ForbiddenCalls(
          "the default charset",
          "java.nio.charset.Charset.defaultCharset",
          "java.lang.String.getBytes()",
          "java.lang.String.<init>([B)",
          "java.lang.String.<init>([B, int, int)",
          "java.io.ByteArrayOutputStream.toString()",
          "java.io.FileReader.<init>(java.io.File)",
          "java.io.FileReader.<init>(java.lang.String)",
          "java.io.FileReader.<init>(java.io.FileDescriptor)",
          "java.io.FileWriter.<init>(java.io.File)",
          "java.io.FileWriter.<init>(java.io.File, boolean)",
          "java.io.FileWriter.<init>(java.lang.String)",
          "java.io.FileWriter.<init>(java.lang.String, boolean)",
          "java.io.FileWriter.<init>(java.io.FileDescriptor)",
          "java.io.InputStreamReader.<init>(java.io.InputStream)",
          "java.io.OutputStreamWriter.<init>(java.io.OutputStream)",
          "java.io.PrintStream.<init>(java.io.File)",
          "java.io.PrintStream.<init>(java.lang.String)",
          "java.io.PrintStream.<init>(java.io.OutputStream)",
          "java.io.PrintStream.<init>(java.io.OutputStream, boolean)",
          "java.io.PrintWriter.<init>(java.io.File)",
          "java.io.PrintWriter.<init>(java.lang.String)",
          "java.io.PrintWriter.<init>(java.io.OutputStream)",
          "java.io.PrintWriter.<init>(java.io.OutputStream, boolean)",
          "java.util.Scanner.<init>(java.io.InputStream)",
          "java.util.Scanner.<init>(java.io.File)",
          "java.util.Scanner.<init>(java.nio.file.Path)",
          "java.net.URLEncoder.encode(java.lang.String)",
          "java.net.URLDecoder.decode(java.lang.String)");

  static final ForbiddenCalls DEFAULT_TIME_ZONE =
      new ForbiddenCalls(
          "the default time zone",
          "java.time.ZoneId.systemDefault",
          "java.time.Clock.systemDefaultZone",
          "java.time.LocalDate.now()",
          "java.time.LocalTime.now()",
          "java.time.LocalDateTime.now()",
          "java.time.ZonedDateTime.now()",
          "java.time.OffsetDateTime.now()",
          "java.time.OffsetTime.now()",
          "java.time.Year.now()",
          "java.time.YearMonth.now()",
          "java.time.MonthDay.now()",
          "java.util.TimeZone.getDefault",
          "java.util.Calendar.*",
          "java.util.GregorianCalendar.*",
          "java.text.DateFormat.*",
          "java.text.SimpleDateFormat.*",
          "java.sql.Date.valueOf",
          "java.sql.Date.toLocalDate",
          "java.sql.Timestamp.valueOf",
          "java.sql.Timestamp.toLocalDateTime");

  static final ForbiddenCalls DEFAULT_LOCALE =
      new ForbiddenCalls(
          "the default locale",
          "java.util.Locale.getDefault",
          "java.lang.String.toLowerCase()",
          "java.lang.String.toUpperCase()",
          "java.lang.String.format(java.lang.String, [Ljava.lang.Object;)",
          "java.lang.String.formatted",
          "java.io.PrintStream.printf(java.lang.String, [Ljava.lang.Object;)",
          "java.io.PrintStream.format(java.lang.String, [Ljava.lang.Object;)",
          "java.io.PrintWriter.printf(java.lang.String, [Ljava.lang.Object;)",
          "java.io.PrintWriter.format(java.lang.String, [Ljava.lang.Object;)",
          "java.util.Formatter.<init>()",
          "java.util.Formatter.<init>(java.lang.Appendable)",
          "java.time.format.DateTimeFormatter.ofPattern(java.lang.String)",
          "java.text.DecimalFormat.<init>()",
          "java.text.DecimalFormat.<init>(java.lang.String)",
          "java.text.NumberFormat.getInstance()",
          "java.text.NumberFormat.getNumberInstance()",
          "java.text.NumberFormat.getIntegerInstance()",
          "java.text.NumberFormat.getPercentInstance()",
          "java.text.MessageFormat.<init>(java.lang.String)",
          "java.text.MessageFormat.format(java.lang.String, [Ljava.lang.Object;)",
          "java.text.Collator.getInstance()");

  static final ForbiddenCalls CONSOLE =
      new ForbiddenCalls(
          "the console",
          "java.lang.System.out",
          "java.lang.System.err",
          "java.lang.System.in",
          "java.lang.System.console",
          "java.lang.Throwable.printStackTrace()",
          "java.lang.Thread.dumpStack");

  /** What a pure room may not touch: clock, random numbers, files, network, log, environment. */
  static final ForbiddenCalls WORLD =
      new ForbiddenCalls(
          "clock, random numbers, files, network, log and environment",
          "java.time.Clock.*",
          "java.time.InstantSource.*",
          "java.time.Instant.now",
          "java.time.LocalDate.now",
          "java.time.LocalTime.now",
          "java.time.LocalDateTime.now",
          "java.time.ZonedDateTime.now",
          "java.time.OffsetDateTime.now",
          "java.time.OffsetTime.now",
          "java.time.Year.now",
          "java.time.YearMonth.now",
          "java.time.MonthDay.now",
          "java.util.Date.<init>()",
          "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime",
          "java.lang.System.getenv",
          "java.lang.System.getProperty",
          "java.lang.System.getLogger",
          "java.security.SecureRandom.*",
          "java.util.UUID.randomUUID",
          "java.nio.file.Files.*",
          "java.nio.file.FileSystems.*",
          "java.nio.channels.*",
          "java.io.File.*",
          "java.io.FileInputStream.*",
          "java.io.FileOutputStream.*",
          "java.io.FileReader.*",
          "java.io.FileWriter.*",
          "java.io.RandomAccessFile.*",
          "java.net.*",
          "java.sql.*",
          "java.util.logging.*",
          "org.slf4j.*",
          "org.apache.commons.logging.*");

  boolean matches(String owner, String fullName) {
    return members.stream().anyMatch(member -> matches(member, owner, fullName));
  }

  private static boolean matches(String member, String owner, String fullName) {
    if (member.endsWith(".*")) {
      String whole = member.substring(0, member.length() - 2);
      return owner.equals(whole) || owner.startsWith(whole + ".");
    }
    return fullName.equals(member) || fullName.startsWith(member + "(");
  }
}
