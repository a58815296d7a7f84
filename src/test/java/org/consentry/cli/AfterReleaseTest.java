package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.consentry.cli.CanaryClinic.Person;
import org.consentry.cli.Installation.Answer;
import org.consentry.data.Sha256;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.StateFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What commands report of published releases, from the first question to the closed recall. */
final class AfterReleaseTest {

  private static final String JOB = "eyelid-outcomes";

  @TempDir Path folder;

  @Test
  void accountsRecallsTellsAndCloses() throws IOException {
    Installation place = Installation.in(folder.toRealPath());
    CanaryClinic clinic = CanaryClinic.over(place);
    assertThat(place.run(JOB).exitCode()).isEqualTo(0);
    String release = place.release(JOB).getFileName().toString();

    Answer nothing = place.call("recall");
    assertThat(nothing.out())
        .startsWith("judged 1 release (" + JOB + "/" + release + ") by " + place.job(JOB) + ": ")
        .contains(" consent lines of " + place.clinic("consents") + " (SHA-256 ")
        .endsWith("nothing new to recall\n");
    assertThat(nothing.exitCode()).isEqualTo(0);

    Path asked = folder.resolve("asked");
    Installation.write(asked, "\uFEFF " + Person.RELEASED.id() + " \r\n");
    Path page = folder.resolve("page.html");
    Answer nameless =
        place.call("accounting", "--patient-file", asked.toString(), "--html", page.toString());
    assertThat(nameless.exitCode()).isEqualTo(10);
    assertThat(nameless.err())
        .isEqualTo(
            place.home().resolve("application.properties")
                + ": error CLINIC_MISSING expected name, address and telephone of the clinic, but"
                + " there is no clinic.name and no clinic.address and no clinic.phone; add"
                + " clinic.name, clinic.address and clinic.phone to this file, each in one line\n");
    Installation.write(
        place.home().resolve("application.properties"),
        "clinic.name=The Clinic\nclinic.address=3 Way\nclinic.phone=555-0100\n");
    Answer accounted =
        place.call(
            "accounting", "--patient-file", asked.toString(), "--html", page.toString(), "--json");
    List<JsonNode> lines = json(accounted);
    assertThat(lines).hasSize(2);
    assertThat(lines.get(1).get("dueDisclosures").asInt()).isZero();
    assertThat(lines.get(0).get("due").asBoolean()).isFalse();
    assertThat(lines.get(0).get("releases").get(0).asString()).isEqualTo(JOB + "/" + release);
    assertThat(Files.readString(page)).contains("There were none.");
    assertThat(
            Ledger.read(new StateFolder(place.home())).entries(LedgerEntry.Kind.ACCOUNTED).stream()
                .map(entry -> entry.fact(LedgerFact.PAGE_SHA256)))
        .as("what is handed out can be compared with the ledger")
        .contains(Optional.of(Sha256.hex(Files.readAllBytes(page))));
    assertThat(Leaks.in(accounted.out() + accounted.err() + Files.readString(page))).isEmpty();
    assertThat(
            place
                .call("accounting", "--patient", Person.RELEASED.id(), "--html", page.toString())
                .exitCode())
        .as("a page that is there")
        .isEqualTo(2);

    place.append(
        place.clinic("consents"), clinic.withdrawal(Person.RELEASED, "2026-01-02T10:00:00"));
    Path signing = place.root().resolve("keys/manifest-signing.pem");
    Path away = Files.move(signing, folder.resolve("away.pem"));
    Answer unsigned = place.call("recall");
    assertThat(unsigned.out()).endsWith("\n0 lists written\n");
    assertThat(unsigned.err()).contains("error KEY_MISSING");
    assertThat(unsigned.exitCode()).isEqualTo(14);
    Files.move(away, signing);
    Answer recalled = place.call("recall");
    assertThat(recalled.exitCode()).isEqualTo(0);
    assertThat(recalled.out())
        .contains("\n" + JOB + "/" + release + " to uni-x: 1 patient (WITHDRAWN 1), list in ")
        .endsWith("\n1 list written\n");
    assertThat(Leaks.in(recalled.out() + recalled.err())).isEmpty();
    assertThat(place.call("recall").out())
        .endsWith(
            "\n"
                + JOB
                + "/"
                + release
                + " to uni-x: 1 patient (WITHDRAWN 1), as listed before\nnothing new to recall\n");

    String run = place.newestRun().run();
    assertThat(place.call("status").out())
        .contains("recall    " + JOB + "/" + release + " to uni-x is open\n")
        .contains(
            "next      send the list; then consentry run --replaces "
                + release
                + " JOB   or, once the recipient confirms,   consentry recall --close "
                + run
                + "\n");
    assertThat(place.call("recall", "--close", "unknown").err())
        .isEqualTo(
            "--close: error NO_OPEN_RECALL no recall of that run's release is open; consentry"
                + " status shows open recalls\n");
    assertThat(place.call("recall", "--close", run).out())
        .isEqualTo("closed the recall of " + JOB + "/" + release + "\n");
    assertThat(place.call("status").out()).doesNotContain("recall ");
    assertThat(place.call("ledger", "verify").exitCode()).isEqualTo(0);
    assertThat(Leaks.under(place.home())).isEmpty();

    Files.delete(place.home().resolve("members").resolve(run + ".members"));
    Answer damaged = place.call("ledger", "verify");
    assertThat(damaged.exitCode()).isEqualTo(20);
    assertThat(damaged.err())
        .contains("error MEMBERSHIP the file of its members of run " + run + " is missing in ");
    assertThat(place.call("accounting", "--patient", Person.RELEASED.id()).exitCode())
        .isEqualTo(20);
    assertThat(place.call("recall").exitCode()).isEqualTo(20);
  }

  @Test
  void refusesQuestionsThatCannotBeMeant() throws IOException {
    Installation place = Installation.in(folder.toRealPath());

    Answer future = place.call("accounting", "--patient", "P1", "--since", "2999-01-01");
    Answer blank = place.call("accounting", "--patient", " ");

    assertThat(future.err()).isEqualTo("--since: error SINCE that day has not come yet\n");
    assertThat(future.exitCode()).isEqualTo(2);
    assertThat(blank.err())
        .isEqualTo("--patient: error PATIENT expected an id but found nothing\n");
    assertThat(blank.exitCode()).isEqualTo(2);
  }

  private static List<JsonNode> json(Answer answer) {
    return answer.results();
  }
}
