package org.consentry.config;

import java.util.Map;
import java.util.Optional;

/**
 * What a mapping file says. Bound and checked in itself; whether it fits a source is for the plan.
 *
 * @param name name of the mapping, lower-case words joined by {@code -}
 * @param version raised with every change that a recipient can notice
 * @param description plain words
 * @param unmapped what happens to a source column without a rule
 * @param subjects where a person is described once
 * @param tables rules by table name, in the order of the file
 */
@Doc("Consentry mapping: what becomes of every column of every table")
@ReservedWords({"risk", "scan", "classify", "scrubText", "include", "extends"})
public record Mapping(
    @Doc("name of the mapping: lower-case words joined by -") @Key("mapping") String name,
    @Doc("raised with every change that a recipient can notice") int version,
    @Doc("plain words") Optional<String> description,
    @Doc("what happens to a source column without a rule") @Default("stop")
        WithPlace<UnmappedColumns> unmapped,
    @Doc("where a person is described once") SubjectsTable subjects,
    @Doc("what becomes of each table") Map<String, TableRule> tables) {

  public Mapping {
    if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      throw new IllegalArgumentException("mapping must be lower-case words joined by -");
    }
    if (version < 1) {
      throw new IllegalArgumentException("version must be at least 1 but was " + version);
    }
  }
}
