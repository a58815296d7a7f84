package org.consentry.consent;

import java.util.List;
import org.consentry.data.RecordCategory;

/**
 * One statement of one person, as its form has it: what a reader makes of a row that it could read
 * completely. Whether the statement counts is decided elsewhere.
 *
 * <p>Times are microseconds since 1970-01-01T00:00:00, days are days since 1970-01-01, both local
 * to the clinic. A time that was written with less than microseconds is a span: {@code signedFrom}
 * is its first microsecond, {@code signedTo} its last.
 *
 * <p><b>Security promise:</b> the text form shows the place and nothing of the content.
 *
 * @param file name of the file as messages show it
 * @param line line number in the file, from 1
 * @param id the line's own id, never empty
 * @param decision what the person decided
 * @param status how the clinic treats the statement
 * @param signedFrom earliest moment of the signature, or {@link #NO_TIME}
 * @param signedTo latest moment of the signature, or {@link #NO_TIME}
 * @param recordedAt earliest moment of recording, or {@link #NO_TIME}
 * @param validFrom first day, or {@link #NO_DAY}
 * @param validTo last day, or {@link #NO_DAY}
 * @param expiryEvent the event that ends it
 * @param legalBasis on what law the form relies
 * @param form which form was signed
 * @param evidenceSha256 digest of the signed document, 64 hexadecimal digits, or empty
 * @param signerRole who signed
 * @param signerAuthority why another person may sign; may be empty
 * @param assent whether a child agreed
 * @param purposes HL7 v3 PurposeOfUse codes
 * @param duo data use terms
 * @param studies study ids
 * @param recipients recipient ids or classes
 * @param dataFrom first day of the data window, {@link #NO_DAY}, or {@link #ANY_DAY} for {@code *}
 * @param dataTo last day of the data window, {@link #NO_DAY}, or {@link #ANY_DAY} for {@code *}
 * @param categoriesIn record categories it is about
 * @param categoriesEx record categories it leaves out
 * @param revokes ids of the lines it takes back
 * @param supersedes ids of the lines it replaces
 * @param jurisdiction whose law decides the age of majority; may be empty
 * @param origin where the statement came from; may be empty
 */
public record ConsentLine(
    String file,
    long line,
    String id,
    Decision decision,
    Status status,
    long signedFrom,
    long signedTo,
    long recordedAt,
    int validFrom,
    int validTo,
    ExpiryEvent expiryEvent,
    LegalBasis legalBasis,
    Form form,
    String evidenceSha256,
    SignerRole signerRole,
    String signerAuthority,
    Assent assent,
    Listed purposes,
    List<DuoTerm> duo,
    Listed studies,
    Listed recipients,
    int dataFrom,
    int dataTo,
    Categories categoriesIn,
    Categories categoriesEx,
    Listed revokes,
    Listed supersedes,
    String jurisdiction,
    String origin) {

  /** A time that is not given. */
  public static final long NO_TIME = Long.MIN_VALUE;

  /** A day that is not given. */
  public static final int NO_DAY = Integer.MIN_VALUE;

  /** A bound written {@code *}: explicitly none. */
  public static final int ANY_DAY = Integer.MAX_VALUE;

  /** What a person decides. */
  public enum Decision {
    PERMIT,
    DENY,
    WITHDRAW
  }

  /** How the clinic treats a statement. */
  public enum Status {
    ACTIVE,
    DRAFT,
    INACTIVE,
    /** The person refused to sign. */
    REJECTED,
    ENTERED_IN_ERROR
  }

  /** What ends a statement besides its last day. */
  public enum ExpiryEvent {
    NOT_STATED,
    /** By the form nothing ends it (45 CFR 164.508(c)(1)(v)). */
    NONE,
    END_OF_STUDY
  }

  /** On what law a form relies. None of them switches consent off. */
  public enum LegalBasis {
    NOT_STATED,
    HIPAA_AUTH,
    WAIVER,
    GDPR_CONSENT,
    BROAD_CONSENT
  }

  /** Who signed. LAR is a legally authorized representative. */
  public enum SignerRole {
    NOT_STATED,
    PATIENT,
    PARENT,
    GUARDIAN,
    LAR,
    EXECUTOR
  }

  /** Whether a child agreed. */
  public enum Assent {
    NOT_STATED,
    YES,
    NO,
    NA
  }

  /**
   * The form that was signed.
   *
   * @param id may be empty
   * @param version may be empty
   */
  public record Form(String id, String version) {}

  /**
   * A data use term with its argument.
   *
   * @param code the term
   * @param argument a disease, months, a country, an id; empty when none was given
   */
  public record DuoTerm(DuoCode code, String argument) {}

  /**
   * The words of a cell: everything ({@code *}), the named ones, or nothing.
   *
   * @param everything whether {@code *} was among the words
   * @param names the other words
   */
  public record Listed(boolean everything, List<String> names) {

    /** An empty cell. */
    public static final Listed NOTHING = new Listed(false, List.of());

    /** The cell {@code *}. */
    public static final Listed EVERYTHING = new Listed(true, List.of());

    public Listed {
      names = List.copyOf(names);
    }

    /** Whether the cell was empty. */
    public boolean isEmpty() {
      return !everything && names.isEmpty();
    }
  }

  /**
   * A set of record categories as a form writes it.
   *
   * @param everything whether {@code *} was among the words
   * @param named bits of the categories named, see {@link RecordCategory#bit()}
   */
  public record Categories(boolean everything, long named) {

    /** An empty cell. */
    public static final Categories NOTHING = new Categories(false, 0);

    /** The cell {@code *}. */
    public static final Categories EVERYTHING = new Categories(true, 0);

    /** Whether the cell was empty. */
    public boolean isEmpty() {
      return !everything && named == 0;
    }
  }

  public ConsentLine {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("a consent line has an id");
    }
    if ((signedFrom == NO_TIME) != (signedTo == NO_TIME) || signedTo < signedFrom) {
      throw new IllegalArgumentException("the span of the signature does not fit");
    }
    duo = List.copyOf(duo);
  }

  /** Shows file and line and nothing of the content. */
  @Override
  public String toString() {
    return "ConsentLine[" + file + ":" + line + "]";
  }
}
