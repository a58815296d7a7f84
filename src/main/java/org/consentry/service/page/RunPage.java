package org.consentry.service.page;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.release.Flow;

/**
 * One run. Its counts are those of the recipient's manifest, masked as that is.
 *
 * @param card the run
 * @param facts what its record has, in order
 * @param remarks what a person should know of the record
 * @param counts from read to released; empty before a release is made
 * @param people those who were left out, by group; empty where none are stated
 * @param release job and name of its release; empty before it is published
 */
public record RunPage(
    RunCard card,
    List<Map.Entry<String, String>> facts,
    List<String> remarks,
    List<Flow> counts,
    Optional<Bars> people,
    Optional<Map.Entry<String, String>> release)
    implements PageModel {

  public RunPage {
    facts = List.copyOf(facts);
    remarks = List.copyOf(remarks);
    counts = List.copyOf(counts);
  }

  @Override
  public String template() {
    return "run.jte";
  }
}
