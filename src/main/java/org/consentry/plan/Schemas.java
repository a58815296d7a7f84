package org.consentry.plan;

import java.util.Map;
import java.util.TreeMap;
import org.consentry.config.JobFile;
import org.consentry.config.MappingFile;
import org.consentry.connector.Connectors;
import org.consentry.connector.SourceFactory;
import org.consentry.operator.OperatorFactory;
import org.consentry.operator.Operators;
import org.consentry.operator.RuleFile;

/** The JSON Schemas (draft 2020-12) of what people write, for editors. */
public final class Schemas {

  private Schemas() {}

  /** The schema of job files, with the settings of every source. */
  public static String job() {
    Map<String, Class<? extends Record>> sources = new TreeMap<>();
    for (SourceFactory<?> factory : Connectors.SHIPPED.sources()) {
      sources.put(factory.name(), factory.config());
    }
    return JobFile.schema(sources, Catalogue.SHIPPED.words());
  }

  /** The schema of rules files. */
  public static String rules() {
    return RuleFile.schema();
  }

  /** The schema of mapping files, with the settings of every operator that is shipped. */
  public static String mapping() {
    return mapping(Operators.SHIPPED);
  }

  /** The schema of mapping files, with the settings of every one of these operators. */
  public static String mapping(Operators catalogue) {
    Map<String, Class<? extends Record>> operators = new TreeMap<>();
    Map<String, Class<? extends Record>> derived = new TreeMap<>();
    for (OperatorFactory<?> factory : catalogue.all()) {
      (factory.isOfColumn() ? operators : derived).put(factory.name(), factory.config());
    }
    return MappingFile.schema(operators, derived);
  }
}
