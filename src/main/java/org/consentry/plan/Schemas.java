package org.consentry.plan;

import java.util.Map;
import java.util.TreeMap;
import org.consentry.classify.RuleFile;
import org.consentry.job.JobFile;
import org.consentry.mapping.MappingFile;
import org.consentry.source.SourceFactory;
import org.consentry.source.Sources;
import org.consentry.transform.OperatorFactory;
import org.consentry.transform.RowOperatorFactory;
import org.consentry.transform.Transformers;

/** The JSON Schemas (draft 2020-12) of what people write, for editors. */
public final class Schemas {

  private Schemas() {}

  /** The schema of job files, with the settings of every source. */
  public static String job() {
    Map<String, Class<? extends Record>> sources = new TreeMap<>();
    for (SourceFactory<?> factory : Sources.all()) {
      sources.put(factory.name(), factory.config());
    }
    return JobFile.schema(sources);
  }

  /** The schema of rules files. */
  public static String rules() {
    return RuleFile.schema();
  }

  /** The schema of mapping files, with the settings of every operator. */
  public static String mapping() {
    Map<String, Class<? extends Record>> operators = new TreeMap<>();
    for (OperatorFactory<?> factory : Transformers.all()) {
      operators.put(factory.name(), factory.config());
    }
    Map<String, Class<? extends Record>> ofRows = new TreeMap<>();
    for (RowOperatorFactory<?> factory : RowOperators.all()) {
      ofRows.put(factory.name(), factory.config());
    }
    return MappingFile.schema(operators, ofRows);
  }
}
