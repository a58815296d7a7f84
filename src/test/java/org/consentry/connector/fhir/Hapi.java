package org.consentry.connector.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.FhirVersionEnum;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.fhirpath.IFhirPath;
import ca.uhn.fhir.fhirpath.IFhirPath.IParsedExpression;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What HAPI FHIR makes of resources: its model of FHIR R4 and its FHIRPath. */
final class Hapi {

  private static final FhirContext CONTEXT = context();
  private static final IFhirPath PATHS = CONTEXT.newFhirPath();
  private static final Map<String, IParsedExpression> PARSED = new HashMap<>();
  private static final Pattern REFERENCE_KEY =
      Pattern.compile("(.+)\\.getReferenceKey\\((\\w+)\\)");

  private Hapi() {}

  private static FhirContext context() {
    FhirContext context = new FhirContext(FhirVersionEnum.R4);
    context.setValidationSupport(new TypeNames(context));
    return context;
  }

  /** Types are known by name alone, because FHIR's definitions are no part of the tests. */
  private record TypeNames(FhirContext context) implements IValidationSupport {

    @Override
    public FhirContext getFhirContext() {
      return context;
    }

    @Override
    public <T extends IBaseResource> List<T> fetchAllStructureDefinitions() {
      return List.of();
    }

    @Override
    public <T extends IBaseResource> List<T> fetchAllNonBaseStructureDefinitions() {
      return List.of();
    }

    @Override
    public IBaseResource fetchStructureDefinition(String url) {
      StructureDefinition definition = new StructureDefinition();
      String name = url.substring(url.lastIndexOf('/') + 1);
      definition.setUrl(url).setName(name).setType(name);
      return definition;
    }
  }

  static Resource read(String json) {
    return (Resource) CONTEXT.newJsonParser().parseResource(json);
  }

  /** The JSON of a resource that is written in XML. */
  static String json(String xml) {
    return CONTEXT
        .newJsonParser()
        .encodeResourceToString(CONTEXT.newXmlParser().parseResource(xml));
  }

  /**
   * The rows that a view makes of a resource, each with the texts of its cells; null is empty.
   *
   * @param view a ViewDefinition
   */
  static List<List<@Nullable String>> rows(JsonNode view, Resource resource) throws Exception {
    Map<String, String> constants = new HashMap<>();
    for (JsonNode constant : view.path("constant")) {
      String value =
          constant.properties().stream().skip(1).findFirst().orElseThrow().getValue().asString();
      constants.put("%" + constant.path("name").asString(), "'" + value + "'");
    }
    for (JsonNode criterion : view.path("where")) {
      List<IBase> found = evaluate(resource, path(criterion, constants));
      if (found.size() != 1 || !((BooleanType) found.get(0)).booleanValue()) {
        return List.of();
      }
    }
    return product(view.path("select"), resource, constants);
  }

  private static List<List<@Nullable String>> product(
      JsonNode selections, IBase focus, Map<String, String> constants) throws Exception {
    List<List<@Nullable String>> rows = List.of(List.of());
    for (JsonNode selection : selections) {
      List<List<@Nullable String>> more = rows(selection, focus, constants);
      List<List<@Nullable String>> both = new ArrayList<>();
      for (List<@Nullable String> row : rows) {
        more.forEach(other -> both.add(Stream.concat(row.stream(), other.stream()).toList()));
      }
      rows = both;
    }
    return rows;
  }

  private static List<List<@Nullable String>> rows(
      JsonNode selection, IBase focus, Map<String, String> constants) throws Exception {
    List<IBase> items = List.of(focus);
    if (selection.has("forEach")) {
      items = evaluate(focus, selection.path("forEach").asString());
    }
    List<List<@Nullable String>> rows = new ArrayList<>();
    for (IBase item : items) {
      List<@Nullable String> own = new ArrayList<>();
      for (JsonNode column : selection.path("column")) {
        own.add(cell(item, path(column, constants)).orElse(null));
      }
      for (List<@Nullable String> more : product(selection.path("select"), item, constants)) {
        rows.add(Stream.concat(own.stream(), more.stream()).toList());
      }
    }
    return rows;
  }

  private static String path(JsonNode node, Map<String, String> constants) {
    String path = node.path("path").asString();
    for (Map.Entry<String, String> constant : constants.entrySet()) {
      path = path.replace(constant.getKey(), constant.getValue());
    }
    return path;
  }

  private static Optional<String> cell(IBase focus, String path) throws Exception {
    if (path.equals("getResourceKey()")) {
      return Optional.of(((Resource) focus).getIdElement().getIdPart());
    }
    Matcher key = REFERENCE_KEY.matcher(path);
    boolean isKey = key.matches();
    List<IBase> found = evaluate(focus, isKey ? key.group(1) : path);
    if (found.size() > 1) {
      throw new IllegalStateException("more than one value");
    }
    if (isKey) {
      return found.stream()
          .map(reference -> new IdType(((Reference) reference).getReference()))
          .filter(id -> key.group(2).equals(id.getResourceType()) && !id.hasBaseUrl())
          .map(IdType::getIdPart)
          .findFirst();
    }
    return found.stream()
        .map(value -> ((IPrimitiveType<?>) value).getValueAsString())
        .filter(Objects::nonNull)
        .filter(text -> !text.isEmpty())
        .findFirst();
  }

  private static List<IBase> evaluate(IBase focus, String path) throws Exception {
    IParsedExpression parsed = PARSED.get(path);
    if (parsed == null) {
      parsed = PATHS.parse(path);
      PARSED.put(path, parsed);
    }
    return PATHS.evaluate(focus, parsed, IBase.class);
  }
}
