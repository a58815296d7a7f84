package org.consentry.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.consentry.problem.Category;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of members and figures are those that the entries of releases name. */
final class MembershipsTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final String RESTORE = "; restore the file from a backup of the state folder";

  @TempDir Path home;

  private StateFolder state = new StateFolder(Path.of(""));
  private Ledger ledger;
  private Memberships memberships;

  @BeforeEach
  void open() {
    state = new StateFolder(home);
    state.prepare();
    ledger = Ledger.open(state, () -> NOON);
    memberships = new Memberships(state, ledger);
  }

  @Test
  void readsWhoIsInEachRelease() {
    release("run-1", LedgerEntry.Kind.PUBLISHED);
    release("run-2", LedgerEntry.Kind.PUBLISHED);

    assertThat(memberships.published())
        .extracting(Memberships.Published::name)
        .containsExactly("of run-1", "of run-2");
    for (Memberships.Published release : memberships.published()) {
      assertThat(memberships.of(release).head().run()).isEqualTo(release.entry().run());
      assertThat(release.fact(LedgerFact.REPLACES)).isEmpty();
    }
    assertThat(memberships.check()).isEmpty();
    assertThat(memberships.key()).isSameAs(ledger.key());
    assertThat(memberships.restrictions().of("study S-1")).isEmpty();
  }

  @Test
  void countsNothingOfARunThatWasNotPublished() {
    release("run-1", LedgerEntry.Kind.PREPARED);

    assertThat(memberships.published()).isEmpty();
  }

  @Test
  void refusesToAnswerForAnAdoptedRelease() {
    ledger.append(
        NOON,
        new LedgerEvent(
            LedgerEntry.Kind.ADOPTED,
            "run-1",
            "job",
            "S-1",
            Map.of(LedgerFact.RELEASE, "2026-11-23-r1")));

    ProblemException refused =
        catchThrowableOfType(
            ProblemException.class, () -> memberships.of(memberships.published().get(0)));

    assertThat(refused.category()).isEqualTo(Category.VERIFY);
    assertThat(refused)
        .hasMessage(
            "ledger:1: error MEMBERSHIP release job/2026-11-23-r1 was adopted, and this state"
                + " folder does not have who is in it; give the command in the state folder that"
                + " made the release (--home)");
    assertThat(memberships.check()).isEmpty();
  }

  @Test
  void findsEveryFileThatIsGoneOrChanged() throws IOException {
    release("run-1", LedgerEntry.Kind.PUBLISHED);
    release("run-2", LedgerEntry.Kind.PUBLISHED);
    release("run-3", LedgerEntry.Kind.PUBLISHED);
    Files.delete(state.membership("run-1"));
    Files.write(state.figures("run-3"), new byte[] {1});

    assertThat(memberships.check())
        .extracting(Problem::toString)
        .containsExactly(
            state.membership("run-1")
                + ": error MEMBERSHIP the list of who is in the release is gone"
                + RESTORE,
            state.figures("run-3")
                + ": error FIGURES the figures that an earlier release showed are missing or are"
                + " not those of the ledger"
                + RESTORE);
  }

  private void release(String run, LedgerEntry.Kind kind) {
    MembershipHead head =
        new MembershipHead(
            run, ledger.key().fingerprint(), Map.of(), List.of(), List.of(), List.of());
    String members =
        MembershipWriter.write(state.membership(run), head, List.of(), new NoMembers());
    String figures =
        FigureFile.write(
            state.figures(run),
            new FigureFile.Head(run, List.of(), List.of()),
            List.<BitSet>of(),
            new KeyedPeople(new NoPeople()));
    ledger.append(
        NOON,
        new LedgerEvent(
            kind,
            run,
            "job",
            "S-1",
            Map.of(
                LedgerFact.RELEASE, "of " + run,
                LedgerFact.MEMBERSHIP_SHA256, members,
                LedgerFact.FIGURES_SHA256, figures)));
  }

  private static final class NoPeople implements FigureBook.People {
    @Override
    public int count() {
      return 0;
    }

    @Override
    public void digest(int person, byte[] into, int at) {}
  }
}
