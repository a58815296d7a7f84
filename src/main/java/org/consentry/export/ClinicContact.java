package org.consentry.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * Name, address and telephone of the clinic: {@code clinic.name}, {@code clinic.address} and {@code
 * clinic.phone} of {@code application.properties} of the state folder. They are on pages for
 * patients and in letters to recipients.
 *
 * @param name what the clinic is called
 * @param address its postal address
 * @param phone its telephone
 */
public record ClinicContact(String name, String address, String phone) {

  private static final int MOST = 300;

  /**
   * The contact of an installation.
   *
   * @throws ProblemException category FILES_INVALID, with every part that is missing
   */
  public static ClinicContact of(StateFolder state) {
    Properties properties = ClinicZone.properties(state);
    List<String> missing = new ArrayList<>();
    ClinicContact contact =
        new ClinicContact(
            word(properties, "clinic.name", missing),
            word(properties, "clinic.address", missing),
            word(properties, "clinic.phone", missing));
    if (!missing.isEmpty()) {
      throw ProblemException.of(
          Category.FILES_INVALID,
          "CLINIC_MISSING",
          Place.of(state.properties()),
          "expected name, address and telephone of the clinic, but there is no "
              + String.join(" and no ", missing),
          "add clinic.name, clinic.address and clinic.phone to this file, each in one line");
    }
    return contact;
  }

  /** The same; empty when a part is missing. */
  public static Optional<ClinicContact> find(StateFolder state) {
    try {
      return Optional.of(of(state));
    } catch (ProblemException missing) {
      return Optional.empty();
    }
  }

  private static String word(Properties properties, String key, List<String> missing) {
    String word = properties.getProperty(key, "").replaceAll("\\p{Cntrl}", " ").strip();
    if (word.isEmpty() || word.length() > MOST) {
      missing.add(key);
    }
    return word;
  }

  /** In one line. */
  public String words() {
    return name + ", " + address + ", telephone " + phone;
  }
}
