package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.consentry.consent.LineOutcome;
import org.consentry.consent.PermitCheck;
import org.consentry.data.Exclusion;
import org.consentry.data.RecordCategory;
import org.consentry.followup.AccountingBasis;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.MembershipHead;
import org.consentry.ledger.RunRecord;
import org.consentry.operator.ServiceClass;
import org.consentry.release.Verification.Assurance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The schema of events describes the results of every command, and refuses everything else. */
final class SchemaOfResultsTest {

  private static final JsonNode SCHEMA = JsonMapper.shared().readTree(OutputSchema.text());

  /** Each command and each shape of its results, as in {@code keys new key}. */
  static List<String> shapesOfCommands() {
    return SCHEMA
        .at("/$defs/shapesOfCommands/oneOf")
        .valueStream()
        .flatMap(
            one ->
                words(one.at("/properties/shape/enum")).stream()
                    .map(shape -> one.at("/properties/command/const").asString() + " " + shape))
        .toList();
  }

  private static List<String> words(JsonNode list) {
    return list.valueStream().map(JsonNode::asString).toList();
  }

  /** The commands that have {@code --json}. */
  private static Stream<String> commands(CommandLine line) {
    String name = line.getCommandSpec().qualifiedName(" ").replaceFirst("^consentry ?", "");
    boolean isForPrograms = line.getCommandSpec().findOption("--json") != null;
    return Stream.concat(
        isForPrograms ? Stream.of(name) : Stream.empty(),
        line.getSubcommands().values().stream().flatMap(SchemaOfResultsTest::commands));
  }

  @Test
  void everyCommandForProgramsHasAResult() {
    assertThat(commands(Main.commandLine()))
        .hasSizeGreaterThan(35)
        .containsExactlyInAnyOrderElementsOf(
            SCHEMA
                .at("/$defs/shapesOfCommands/oneOf")
                .valueStream()
                .map(one -> one.at("/properties/command/const").asString())
                .toList());
  }

  @Test
  void everyShapeHasItsMembers() {
    List<String> shapes =
        shapesOfCommands().stream().map(one -> one.replaceFirst(".* ", "")).distinct().toList();
    JsonNode members = SCHEMA.at("/$defs/membersOfShapes/allOf");

    assertThat(members.valueStream().map(one -> one.at("/if/properties/shape/const").asString()))
        .containsExactlyInAnyOrderElementsOf(shapes);
    assertThat(members.valueStream())
        .allSatisfy(
            one ->
                assertThat(one.at("/then/$ref").asString())
                    .isEqualTo("#/$defs/" + one.at("/if/properties/shape/const").asString()));
    assertThat(shapes)
        .allSatisfy(
            shape -> {
              assertThat(SCHEMA.at("/$defs/" + shape + "/description").isString()).isTrue();
              assertThat(SCHEMA.at("/$defs/" + shape + "/required").isArray()).isTrue();
            });
  }

  /** Objects inside results; the result closes the objects that are its shapes. */
  private static void nested(JsonNode node, List<JsonNode> found) {
    if (node.path("type").asString("").equals("object")) {
      found.add(node);
    }
    node.valueStream().forEach(one -> nested(one, found));
  }

  @Test
  void everyObjectInsideAResultIsClosedOrHasValuesOfOneKind() {
    List<JsonNode> objects = new ArrayList<>();
    SCHEMA
        .path("$defs")
        .valueStream()
        .map(definition -> definition.path("properties"))
        .forEach(properties -> nested(properties, objects));

    assertThat(objects).hasSizeGreaterThan(15);
    assertThat(objects).allMatch(one -> one.has("additionalProperties"));
    assertThat(SCHEMA.at("/$defs/result/unevaluatedProperties").isBoolean()).isTrue();
    assertThat(SCHEMA.at("/$defs/finding/unevaluatedProperties").isBoolean()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'event':'result','command':'keys new','shape':'key','kind':'study','file':'a',"
            + "'fingerprint':'b'#}",
        "{'event':'result','command':'run','shape':'runResult','run':'r','state':'PUBLISHED',"
            + "'exitCode':0,'tables':[{'table':'subjects','released':1,'rejected':{}#}]}",
        "{'event':'result','command':'list','shape':'noRuns','stateFolder':'a'#}",
        "{'event':'result','command':'plan','shape':'plannedSubjects','subjects':1,'released':1,"
            + "'excluded':{'WITHDRAWN':1#}}",
        "{'event':'result','command':'ledger verify','shape':'ledger','entries':1,'signedHead':0,"
            + "'manifests':0,'warnings':[{'severity':'warning','code':'A','file':'a','line':0,"
            + "'column':0,'message':'a','hint':''#}]}",
        "{'event':'result','command':'status','shape':'runRecord','stateFolder':'a','run':'r',"
            + "'job':'j','study':'s','state':'RUNNING','started':'2026-01-02T03:04:05Z',"
            + "'updated':'2026-01-02T03:04:05Z','referenceDate':'2026-01-02','exitCode':0,"
            + "'tables':[],'progress':{'step':'sorting','seconds':1,'rowsRead':1,"
            + "'rowsReleased':1,'rowsPerSecond':1#}}"
      })
  void anUnknownMemberIsRefusedWhereverItIs(String text) {
    String line = text.replace('\'', '"');

    assertThat(Events.errors(line.replace("#", ""))).isEmpty();
    assertThat(Events.errors(line.replace("#", ",\"patient\":\"P000001\""))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'event':'result','command':'run','shape':'key','kind':'study','file':'a',"
            + "'fingerprint':'b'}",
        "{'event':'result','command':'keys new','kind':'study','file':'a','fingerprint':'b'}",
        "{'event':'result','shape':'key','kind':'study','file':'a','fingerprint':'b'}",
        "{'event':'result','command':'keys new','shape':'key','kind':'backup','file':'a',"
            + "'fingerprint':'b'}",
        "{'event':'result','command':'list','shape':'noRuns'}",
        "{'event':'result','command':'list','shape':'unheardOf','stateFolder':'a'}",
        "{'event':'result','command':'serve','shape':'service','port':'8080'}"
      })
  void aResultOfAnotherCommandOrWithoutAMemberIsRefused(String text) {
    assertThat(Events.errors(text.replace('\'', '"'))).isNotEmpty();
  }

  static Stream<List<Object>> lists() {
    return Stream.of(
        List.of("/exclusion/enum", Exclusion.values()),
        List.of("/category/enum", RecordCategory.values()),
        List.of("/serviceClassName/enum", ServiceClass.values()),
        List.of("/runResult/properties/state/enum", RunRecord.State.values()),
        List.of("/verification/properties/assurance/enum", Assurance.values()),
        List.of("/reviewCopy/properties/data/enum", LedgerFact.Data.values()),
        List.of("/consentLine/properties/outcome/enum", LineOutcome.values()),
        List.of("/consentLine/properties/tests/items/properties/test/enum", PermitCheck.values()),
        List.of("/disclosure/properties/basis/enum", AccountingBasis.values()),
        List.of("/disclosure/properties/about/propertyNames/enum", MembershipHead.Fact.values()));
  }

  @ParameterizedTest
  @MethodSource("lists")
  void aListOfWordsHasThoseOfTheProgram(List<Object> list) {
    assertThat(words(SCHEMA.at("/$defs" + list.get(0))))
        .containsExactlyElementsOf(Stream.of((Enum<?>[]) list.get(1)).map(Enum::name).toList());
  }
}
