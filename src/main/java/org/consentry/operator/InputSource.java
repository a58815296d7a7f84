package org.consentry.operator;

/** Where an input of a derived column comes from. */
public sealed interface InputSource {

  /** How messages and notes name it: as the mapping writes it. */
  String word();

  /**
   * A source column of the row.
   *
   * @param name its name
   */
  record OfRow(String name) implements InputSource {
    @Override
    public String word() {
      return name;
    }
  }

  /** An attribute of the row's subject that the mapping names. */
  record OfSubject(SubjectAttribute attribute) implements InputSource {
    @Override
    public String word() {
      return "subject." + attribute.word();
    }
  }
}
