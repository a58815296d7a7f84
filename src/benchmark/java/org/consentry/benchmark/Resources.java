package org.consentry.benchmark;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A FHIR bulk export that was invented, with the elements of a usual one, and a view of each type.
 * The same numbers give the same bytes.
 *
 * @param patients how many patients; their ids are those of {@link People}
 * @param others how many encounters, as many conditions and as many procedures
 */
public record Resources(int patients, int others) {

  /** The columns of a view, each a name and a path. */
  private record Table(String name, String type, List<String> columns) {}

  private static final List<Table> TABLES =
      List.of(
          new Table(
              "patients",
              "Patient",
              List.of(
                  "patient_id getResourceKey()",
                  "sex gender",
                  "date_of_birth birthDate",
                  "state address.first().state",
                  "zip address.first().postalCode",
                  "deceased_on deceased.ofType(dateTime)",
                  "last_name name.where(use='official').family.first()",
                  "first_name name.where(use='official').given.first()",
                  "mrn identifier.where(system='urn:clinic:mrn').value.first()")),
          new Table(
              "visits",
              "Encounter",
              List.of(
                  "visit_id getResourceKey()",
                  "patient_id subject.getReferenceKey(Patient)",
                  "visited_on period.start",
                  "ended_on period.end",
                  "visit_class class.code",
                  "visit_type type.first().coding.first().code",
                  "provider participant.first().individual.display")),
          new Table(
              "conditions",
              "Condition",
              List.of(
                  "condition_id getResourceKey()",
                  "patient_id subject.getReferenceKey(Patient)",
                  "visit_id encounter.getReferenceKey(Encounter)",
                  "onset_on onset.ofType(dateTime)",
                  "recorded_on recordedDate",
                  "diagnosis code.coding.first().code",
                  "status clinicalStatus.coding.first().code",
                  "category category.first().coding.first().code")),
          new Table(
              "procedures",
              "Procedure",
              List.of(
                  "procedure_id getResourceKey()",
                  "patient_id subject.getReferenceKey(Patient)",
                  "visit_id encounter.getReferenceKey(Encounter)",
                  "performed_on performed.ofType(Period).start",
                  "cpt_code code.coding.where(system='urn:cpt').code.first()",
                  "status status",
                  "icd10_codes reasonCode.coding.where(system='urn:icd').code.join('|')",
                  "charge extension('urn:clinic:charge').value.ofType(decimal)")));

  /** The names of the views. */
  public static List<String> tables() {
    return TABLES.stream().map(Table::name).toList();
  }

  /** How many resources, for people. */
  String title() {
    return String.format(
        Locale.ROOT, "%,d resources of %,d patients", patients + 3L * others, patients);
  }

  /** Writes an NDJSON file for each type of resource, and the views, into a folder. */
  public void write(Path folder) throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    for (Table table : TABLES) {
      Files.writeString(folder.resolve(table.name() + ".json"), view(table));
      int count = table.type().equals("Patient") ? patients : others;
      try (BufferedWriter out = Files.newBufferedWriter(folder.resolve(table.type() + ".ndjson"))) {
        for (int number = 0; number < count; number++) {
          out.write(resource(table.type(), number, random).replace('\'', '"'));
          out.write('\n');
        }
      }
    }
  }

  private static String view(Table table) {
    List<String> columns = new ArrayList<>();
    for (String column : table.columns()) {
      String[] words = column.split(" ", 2);
      columns.add("{\"name\": \"" + words[0] + "\", \"path\": \"" + words[1] + "\"}");
    }
    return "{\"name\": \"%s\", \"resource\": \"%s\", \"select\": [{\"column\": [%s]}]}"
        .formatted(table.name(), table.type(), String.join(", ", columns));
  }

  private String resource(String type, int number, SplittableRandom random) {
    String patient = patient(random.nextInt(patients));
    String begin =
        "{'resourceType':'%s','id':'%s','meta':{'versionId':'1','lastUpdated':'2026-01-01T00:00:00Z','profile':['http://hl7.org/fhir/us/core/StructureDefinition/us-core-%s']},"
            .formatted(type, type.equals("Patient") ? patient(number) : visit(number), type);
    String subject =
        "'subject':{'reference':'Patient/%s','display':'A. Person'},".formatted(patient);
    String visit =
        "'encounter':{'reference':'Encounter/%s'},".formatted(visit(random.nextInt(others)));
    String day =
        "20%02d-%02d-%02dT%02d:30:00-07:00"
            .formatted(
                random.nextInt(10, 26),
                random.nextInt(1, 13),
                random.nextInt(1, 29),
                random.nextInt(24));
    int code = random.nextInt(5000);
    String birth = (1930 + code % 60) + day.substring(4, 10);
    return switch (type) {
      case "Patient" ->
          begin
              + """
              'text':{'status':'generated','div':'<div>a narrative that no view reads, as servers write one</div>'},\
              'extension':[{'url':'http://hl7.org/fhir/us/core/StructureDefinition/us-core-race','extension':[{'url':'ombCategory','valueCoding':{'system':'urn:oid:2.16.840.1.113883.6.238','code':'2106-3','display':'White'}},{'url':'text','valueString':'White'}]}],\
              'identifier':[{'system':'https://clinic.example/id','value':'%d'},{'type':{'coding':[{'system':'http://terminology.hl7.org/CodeSystem/v2-0203','code':'MR','display':'Medical Record Number'}]},'system':'urn:clinic:mrn','value':'M%d'}],\
              'name':[{'use':'official','family':'Family%d','given':['Given%d','Other'],'prefix':['Mr.']}],\
              'telecom':[{'system':'phone','value':'555-010-%04d','use':'home'}],'gender':'male','birthDate':'%s',\
              'address':[{'extension':[{'url':'http://hl7.org/fhir/StructureDefinition/geolocation','extension':[{'url':'latitude','valueDecimal':42.1},{'url':'longitude','valueDecimal':-71.2}]}],'line':['%d Some Street'],'city':'Sometown','state':'MA','postalCode':'%05d','country':'US'}],\
              'maritalStatus':{'coding':[{'system':'http://terminology.hl7.org/CodeSystem/v3-MaritalStatus','code':'M','display':'Married'}],'text':'Married'},'communication':[{'language':{'coding':[{'system':'urn:ietf:bcp:47','code':'en-US','display':'English'}],'text':'English'}}]}"""
                  .formatted(number, number, code, code, code, birth, code, code);
      case "Encounter" ->
          begin
              + """
              'identifier':[{'use':'official','system':'https://clinic.example/encounter','value':'%d'}],'status':'finished','class':{'system':'http://terminology.hl7.org/CodeSystem/v3-ActCode','code':'AMB'},\
              'type':[{'coding':[{'system':'http://snomed.info/sct','code':'%d','display':'Encounter for check up (procedure)'}],'text':'Encounter for check up'}],\
              %s'participant':[{'type':[{'coding':[{'system':'http://terminology.hl7.org/CodeSystem/v3-ParticipationType','code':'PPRF','display':'primary performer'}],'text':'primary performer'}],'period':{'start':'%s','end':'%s'},'individual':{'reference':'Practitioner/9','display':'Dr. B'}}],\
              'period':{'start':'%s','end':'%s'},'location':[{'location':{'reference':'Location/1','display':'A place'}}],'serviceProvider':{'reference':'Organization/1','display':'A clinic'}}"""
                  .formatted(number, code, subject, day, day, day, day);
      case "Condition" ->
          begin
              + """
              'clinicalStatus':{'coding':[{'system':'http://terminology.hl7.org/CodeSystem/condition-clinical','code':'active'}]},'verificationStatus':{'coding':[{'system':'http://terminology.hl7.org/CodeSystem/condition-ver-status','code':'confirmed'}]},\
              'category':[{'coding':[{'system':'http://terminology.hl7.org/CodeSystem/condition-category','code':'encounter-diagnosis','display':'Encounter Diagnosis'}]}],\
              'code':{'coding':[{'system':'http://snomed.info/sct','code':'%d','display':'A finding with a long name (finding)'}],'text':'A finding with a long name (finding)'},%s%s'onsetDateTime':'%s','recordedDate':'%s'}"""
                  .formatted(code, subject, visit, day, day);
      default ->
          begin
              + """
              'status':'completed','code':{'coding':[{'system':'http://snomed.info/sct','code':'%d','display':'A procedure with a name'},{'system':'urn:cpt','code':'%05d'}],'text':'A procedure with a name'},%s%s'performedPeriod':{'start':'%s','end':'%s'},\
              'reasonCode':[{'coding':[{'system':'urn:icd','code':'H02.%d'}]},{'coding':[{'system':'urn:icd','code':'H53.48'}]}],'extension':[{'url':'urn:clinic:charge','valueDecimal':%d.50}]}"""
                  .formatted(code, code, subject, visit, day, day, code, code);
    };
  }

  private static String patient(int number) {
    return "P%07d".formatted(number);
  }

  private static String visit(int number) {
    return "%08x-7c1e".formatted(number);
  }
}
