package org.consentry.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.consentry.data.Sha256;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MembershipTest {

  private static final MembershipHead HEAD =
      new MembershipHead(
          "run-1",
          "sha256:" + "0".repeat(64),
          Map.of("STUDY", "S-1"),
          List.of(new MembershipHead.Code("patient", "P", List.of("patients.patient_id"))),
          List.of(
              new MembershipHead.Table(
                  "patients",
                  "DEMOGRAPHIC",
                  MembershipHead.Time.TIMELESS,
                  MembershipHead.Grain.NOTHING,
                  List.of(),
                  List.of()),
              new MembershipHead.Table(
                  "visits",
                  "VISIT",
                  MembershipHead.Time.EVENTS,
                  MembershipHead.Grain.YEAR,
                  List.of("visit_year"),
                  List.of(new MembershipHead.Own("note", "NOTE")))),
          List.of(new MembershipHead.Computed("periods", List.of("visits"))));

  @TempDir Path folder;

  private final Drawn drawn = new Drawn(20_261_127, 3_000);

  @Test
  void hasEveryMemberAsItWasWrittenAndNoOther() {
    Membership membership = write(drawn);

    assertThat(membership.head()).isEqualTo(HEAD);
    assertThat(membership.size()).isEqualTo(3_000);
    for (int member = 0; member < drawn.count(); member++) {
      int found = membership.find(drawn.digests[member]).orElseThrow();
      assertThat(membership.digest(found)).isEqualTo(drawn.digests[member]);
      assertThat(membership.grants(found)).containsExactly(member % 2, 7);
      assertThat(membership.code(found, 0).orElse("none"))
          .isEqualTo(member % 10 == 0 ? "none" : "P-" + drawn.text(member));
      assertThat(membership.first(found, 1)).isEqualTo(member);
      assertThat(membership.last(found, 1)).isEqualTo(member + 5);
    }
    byte[] stranger = drawn.digests[0].clone();
    stranger[15] ^= 1;
    assertThat(membership.find(stranger)).isEmpty();
  }

  @Test
  void hasRecordsWhereADayOfOneTableIsKnown() {
    Membership membership =
        Membership.read(file(), MembershipWriter.write(file(), HEAD, drawn.grants(), new Sparse()));

    assertThat(membership.toString()).isEqualTo("Membership[4 patients]");
    boolean[] expected = {false, true, true, true};
    for (int member = 0; member < 4; member++) {
      byte[] digest = new byte[Membership.DIGEST];
      new Sparse().digest(member, digest, 0);
      int found = membership.find(digest).orElseThrow();
      assertThat(membership.hasRecords(found)).as("member %d", member).isEqualTo(expected[member]);
      assertThat(membership.first(found, 0)).isEqualTo(new Sparse().first(member, 0));
      assertThat(membership.last(found, 0)).isEqualTo(new Sparse().last(member, 0));
      assertThat(membership.first(found, 1)).isEqualTo(new Sparse().first(member, 1));
      assertThat(membership.last(found, 1)).isEqualTo(new Sparse().last(member, 1));
    }
  }

  /** The first has no records; then one day in the first table, in the second, in both. */
  private static final class Sparse implements MembershipWriter.Members {
    @Override
    public int count() {
      return 4;
    }

    @Override
    public void digest(int member, byte[] into, int at) {
      into[at] = (byte) (120 + 9 * member);
    }

    @Override
    public int grants(int member) {
      return 0;
    }

    @Override
    public void code(int member, int code, byte[] into, int at) {}

    @Override
    public int first(int member, int table) {
      return (member >> table & 1) == 1 ? 7 + member : 1;
    }

    @Override
    public int last(int member, int table) {
      return (member >> table & 1) == 1 ? 7 + member : 0;
    }
  }

  /** A release of two mappings of persons may have a code of each. */
  @Test
  void hasEachCodeOfAMemberAndTheDaysBehindThem() {
    MembershipHead two =
        new MembershipHead(
            "run-1",
            HEAD.ledgerKey(),
            Map.of(),
            List.of(
                new MembershipHead.Code("patient", "P", List.of("patients.patient_id")),
                new MembershipHead.Code("donor", "D", List.of("patients.donor_id")),
                new MembershipHead.Code("child", "C", List.of("patients.child_id"))),
            HEAD.tables(),
            HEAD.computed());
    Coded coded = new Coded(drawn);

    Membership membership =
        Membership.read(file(), MembershipWriter.write(file(), two, drawn.grants(), coded));

    for (int member : new int[] {0, 1, 2, 2_999}) {
      int found = membership.find(drawn.digests[member]).orElseThrow();
      assertThat(membership.code(found, 0)).contains("P-" + drawn.text(member));
      assertThat(membership.code(found, 1)).isEmpty();
      assertThat(membership.code(found, 2)).contains("C-" + drawn.text(member + 20_000));
      assertThat(membership.first(found, 0)).isEqualTo(member);
      assertThat(membership.last(found, 0)).isEqualTo(member + 5);
      assertThat(membership.first(found, 1)).isEqualTo(member + 100);
      assertThat(membership.last(found, 1)).isEqualTo(member + 105);
    }
  }

  /** The members drawn, with a first and a third code and other days in each table. */
  private record Coded(Drawn drawn) implements MembershipWriter.Members {
    @Override
    public int count() {
      return drawn.count();
    }

    @Override
    public void digest(int member, byte[] into, int at) {
      drawn.digest(member, into, at);
    }

    @Override
    public int grants(int member) {
      return drawn.grants(member);
    }

    @Override
    public void code(int member, int code, byte[] into, int at) {
      if (code != 1) {
        byte[] text = drawn.text(member + 10_000 * code).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, into, at, Membership.CODE);
      }
    }

    @Override
    public int first(int member, int table) {
      return member + 100 * table;
    }

    @Override
    public int last(int member, int table) {
      return member + 100 * table + 5;
    }
  }

  @Test
  void grantsCannotBeChangedByAReader() {
    Membership membership = write(drawn);
    int found = membership.find(drawn.digests[1]).orElseThrow();

    membership.grants(found)[0] = 99;

    assertThat(membership.grants(found)).containsExactly(1, 7);
  }

  @Test
  void aHeadHasTheFactsThatTheJobStates() {
    assertThat(HEAD.fact(MembershipHead.Fact.STUDY)).isEqualTo("S-1");
    assertThat(HEAD.fact(MembershipHead.Fact.SPONSOR)).isEmpty();
  }

  /** The digest is right, so the file was written so by another version or by a mistake. */
  @Test
  void refusesAFileOfAnotherFormOrLength() throws IOException {
    MembershipWriter.write(file(), HEAD, drawn.grants(), drawn);
    byte[] whole = Files.readAllBytes(file());
    byte[] otherName = whole.clone();
    otherName[0] ^= 1;

    for (byte[] bytes :
        List.of(
            otherName,
            Arrays.copyOf(whole, whole.length + 1),
            Arrays.copyOf(whole, whole.length - 1),
            Arrays.copyOf(whole, 30),
            new byte[0])) {
      Files.write(file(), bytes);
      assertThat(refusal(Sha256.hex(bytes)))
          .isEqualTo(
              file()
                  + ": error MEMBERSHIP the list of who is in the release cannot be read; restore"
                  + " the file from a backup of the state folder");
    }
  }

  @Test
  void ordersMembersByDigestSoThatTheirOrderTellsNothing() {
    Membership membership = write(drawn);

    for (int member = 1; member < membership.size(); member++) {
      assertThat(Arrays.compareUnsigned(membership.digest(member - 1), membership.digest(member)))
          .isNegative();
    }
  }

  @Test
  void distinguishesDigestsThatBeginAlike() {
    Drawn alike = new Drawn(1, 50);
    for (int member = 0; member < 50; member++) {
      Arrays.fill(alike.digests[member], 0, 4, (byte) 0xff);
    }
    Arrays.sort(alike.digests, Arrays::compareUnsigned);

    Membership membership = write(alike);

    for (byte[] digest : alike.digests) {
      assertThat(membership.digest(membership.find(digest).orElseThrow())).isEqualTo(digest);
    }
  }

  @Test
  void hasNoMemberOfAReleaseOfNoPatient() {
    Membership membership = write(new Drawn(1, 0));

    assertThat(membership.size()).isZero();
    assertThat(membership.find(new byte[Membership.DIGEST])).isEmpty();
  }

  @Test
  void isItsOwnersAlone() throws IOException {
    write(drawn);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void refusesAFileThatIsNotTheOneTheLedgerSpeaksOf() throws IOException {
    String sha256 = MembershipWriter.write(file(), HEAD, drawn.grants(), drawn);
    byte[] bytes = Files.readAllBytes(file());
    bytes[bytes.length / 2] ^= 1;
    Files.write(file(), bytes);

    assertThat(refusal(sha256))
        .isEqualTo(
            file()
                + ": error MEMBERSHIP the list of who is in the release is not the one of the"
                + " ledger; restore the file from a backup of the state folder");
  }

  @Test
  void refusesAFileThatIsGoneOrCutOff() throws IOException {
    String sha256 = MembershipWriter.write(file(), HEAD, drawn.grants(), drawn);
    byte[] bytes = Files.readAllBytes(file());
    Files.write(file(), Arrays.copyOf(bytes, 100));

    assertThat(refusal(sha256))
        .contains("the list of who is in the release is not the one of the ledger");
    Files.delete(file());
    assertThat(refusal(sha256)).contains("the list of who is in the release is gone");
  }

  @Test
  void refusesMembersInAnotherOrder() {
    Drawn other = new Drawn(3, 10);
    byte[] first = other.digests[0];
    other.digests[0] = other.digests[9];
    other.digests[9] = first;

    assertThatIllegalArgumentException()
        .isThrownBy(() -> MembershipWriter.write(file(), HEAD, other.grants(), other))
        .withMessage("members are not in the order of their digests");

    assertThat(file()).doesNotExist();
  }

  @Test
  void aFolderInTheWayLeavesTheEarlierFileAndIsReported() throws IOException {
    MembershipWriter.write(file(), HEAD, drawn.grants(), drawn);
    byte[] before = Files.readAllBytes(file());
    Files.createDirectories(file().resolveSibling("run-1.members.new/taken"));

    ProblemException refused =
        catchThrowableOfType(
            ProblemException.class,
            () -> MembershipWriter.write(file(), HEAD, drawn.grants(), new Drawn(2, 10)));

    assertThat(refused.category()).isEqualTo(Category.RUN_FAILED);
    assertThat(refused.problems().get(0))
        .hasToString(
            file()
                + ": error MEMBERSHIP who is in the release cannot be written to the ledger; check"
                + " free space and permissions of the state folder, then resume the run");
    assertThat(Files.readAllBytes(file())).isEqualTo(before);
  }

  private String refusal(String sha256) {
    ProblemException refused =
        catchThrowableOfType(ProblemException.class, () -> Membership.read(file(), sha256));
    assertThat(refused.category()).isEqualTo(Category.VERIFY);
    return refused.problems().get(0).toString();
  }

  private Membership write(Drawn members) {
    return Membership.read(file(), MembershipWriter.write(file(), HEAD, members.grants(), members));
  }

  private Path file() {
    return folder.resolve("ledger").resolve("run-1.members");
  }

  /** Members with random digests. */
  private static final class Drawn implements MembershipWriter.Members {
    private final byte[][] digests;

    Drawn(long seed, int count) {
      SplittableRandom random = new SplittableRandom(seed);
      digests = new byte[count][Membership.DIGEST];
      for (byte[] digest : digests) {
        ByteBuffer.wrap(digest).putLong(random.nextLong()).putLong(random.nextLong());
      }
      Arrays.sort(digests, Arrays::compareUnsigned);
    }

    List<int[]> grants() {
      return List.of(new int[] {0, 7}, new int[] {1, 7});
    }

    String text(int member) {
      return String.format(java.util.Locale.ROOT, "code%022d", member);
    }

    @Override
    public int count() {
      return digests.length;
    }

    @Override
    public void digest(int member, byte[] into, int at) {
      System.arraycopy(digests[member], 0, into, at, Membership.DIGEST);
    }

    @Override
    public int grants(int member) {
      return member % 2;
    }

    @Override
    public void code(int member, int code, byte[] into, int at) {
      if (member % 10 != 0) {
        byte[] text = text(member).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, into, at, Membership.CODE);
      }
    }

    @Override
    public int first(int member, int table) {
      return member;
    }

    @Override
    public int last(int member, int table) {
      return member + 5;
    }
  }
}
