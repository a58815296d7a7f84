package org.consentry.ledger;

import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON of the ledger's files: an unknown, missing or null member and trailing text are errors. */
final class StrictJson {

  static final JsonMapper MAPPER = of(new JsonFactory());

  private StrictJson() {}

  /** The same, within the limits of a factory. */
  static JsonMapper of(JsonFactory factory) {
    return JsonMapper.builder(factory)
        .enable(
            DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
            DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
            DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
            DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
  }
}
