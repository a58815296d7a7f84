package org.consentry.connector;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.consentry.connector.fhir.FhirSource;
import org.consentry.data.BytesColumn;
import org.consentry.data.RowBatch;

/**
 * Prints how many megabytes of resources a second of processor time reads, for one view each of
 * patients, encounters, conditions and procedures, and for all four; and the most bytes that the
 * cells of a batch have. Resources are invented and have the elements of a usual export. Processor
 * time of the one reading thread is taken, so that other work on the machine weighs little; the
 * best of several rounds counts. Arguments: resources of all types, patients (one has all of them),
 * rounds.
 */
public final class FhirBenchmark {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static final Map<String, String> VIEWS =
      Map.of(
          "Patient",
          "id gender birthDate address.first().state address.first().postalCode"
              + " deceased.ofType(dateTime) name.where(use='official').family.first()"
              + " name.where(use='official').given.first()"
              + " identifier.where(system='urn:clinic:mrn').value.first()",
          "Encounter",
          "id subject.getReferenceKey(Patient) period.start period.end class.code"
              + " type.first().coding.first().code participant.first().individual.display",
          "Condition",
          "id subject.getReferenceKey(Patient) encounter.getReferenceKey(Encounter)"
              + " onset.ofType(dateTime) recordedDate code.coding.first().code"
              + " clinicalStatus.coding.first().code category.first().coding.first().code",
          "Procedure",
          "id subject.getReferenceKey(Patient) encounter.getReferenceKey(Encounter)"
              + " performed.ofType(Period).start code.coding.where(system='urn:cpt').code.first()"
              + " status reasonCode.coding.where(system='urn:icd').code.join('|')"
              + " extension('urn:clinic:charge').value.ofType(decimal)");

  private final Path folder;
  private final int patients;
  private final int rounds;
  private final PrintStream out;
  private final SplittableRandom random = new SplittableRandom(7);

  private FhirBenchmark(Path folder, int patients, int rounds, PrintStream out) {
    this.folder = folder;
    this.patients = patients;
    this.rounds = rounds;
    this.out = out;
  }

  /** Reads all types. */
  public static void main(String[] arguments) throws IOException {
    int resources = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200_000;
    int patients = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10_000;
    int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 7;
    run(resources, patients, rounds, System.out);
  }

  /** The same with other numbers and another place to print to. */
  public static void run(int resources, int patients, int rounds, PrintStream out)
      throws IOException {
    Path folder = Files.createTempDirectory("fhir-benchmark");
    try {
      new FhirBenchmark(folder, patients, rounds, out).run(resources);
    } finally {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  private void run(int resources) throws IOException {
    Map<String, Integer> counts = new LinkedHashMap<>();
    counts.put("Patient", patients);
    int others = Math.max(1, (resources - patients) / 3);
    List.of("Encounter", "Condition", "Procedure").forEach(type -> counts.put(type, others));
    for (Map.Entry<String, Integer> each : counts.entrySet()) {
      write(each.getKey(), each.getValue());
      Files.writeString(folder.resolve(each.getKey() + ".json"), view(each.getKey()));
    }
    FhirSource source =
        new FhirSource(new FhirSource.Config(".", ".", Optional.empty()), folder, 64L << 20);
    double seconds = 0;
    double megabytes = 0;
    long most = 0;
    for (String type : counts.keySet()) {
      Reading best = new Reading(Double.MAX_VALUE, 0);
      for (int round = 0; round < rounds; round++) {
        Reading reading = read(source.table(type).orElseThrow());
        best = reading.seconds() < best.seconds() ? reading : best;
      }
      double size = Files.size(folder.resolve(type + ".ndjson")) / 1e6;
      print(type, size, best.seconds());
      seconds += best.seconds();
      megabytes += size;
      most = Math.max(most, best.mostBytes());
    }
    print("all four", megabytes, seconds);
    out.printf(Locale.ROOT, "%-10s %,d bytes in the cells of a batch%n", "at most", most);
  }

  private void print(String name, double megabytes, double seconds) {
    out.printf(
        Locale.ROOT, "%-10s %.1f MB, %.0f MB a CPU second%n", name, megabytes, megabytes / seconds);
  }

  private record Reading(double seconds, long mostBytes) {}

  /** Cuts a table into splits and reads all of them. */
  private static Reading read(SourceTable table) {
    List<Integer> columns = IntStream.range(0, table.columns().size()).boxed().toList();
    long most = 0;
    long start = THREADS.getCurrentThreadCpuTime();
    for (Split split : table.splits()) {
      try (BatchReader reader = table.open(split, columns)) {
        for (Optional<RowBatch> batch = reader.next(); batch.isPresent(); batch = reader.next()) {
          most = Math.max(most, ((BytesColumn) batch.get().columns().get(0)).buffer().length);
        }
      }
    }
    return new Reading((THREADS.getCurrentThreadCpuTime() - start) / 1e9, most);
  }

  private static String view(String type) {
    List<String> columns = new ArrayList<>();
    for (String path : Objects.requireNonNull(VIEWS.get(type)).split(" ", -1)) {
      columns.add("{\"name\": \"c" + columns.size() + "\", \"path\": \"" + path + "\"}");
    }
    return "{\"name\": \"%s\", \"resource\": \"%s\", \"select\": [{\"column\": [%s]}]}"
        .formatted(type, type, String.join(", ", columns));
  }

  private void write(String type, int count) throws IOException {
    try (BufferedWriter writer = Files.newBufferedWriter(folder.resolve(type + ".ndjson"))) {
      for (int i = 0; i < count; i++) {
        writer.write(resource(type, i).replace('\'', '"'));
        writer.write('\n');
      }
    }
  }

  private String resource(String type, int number) {
    int patient = random.nextInt(patients);
    String begin =
        "{'resourceType':'%s','id':'%08x-%04x','meta':{'versionId':'1','lastUpdated':'2026-01-01T00:00:00Z','profile':['http://hl7.org/fhir/us/core/StructureDefinition/us-core-%s']},"
            .formatted(type, number, random.nextInt(1 << 16), type);
    String subject =
        "'subject':{'reference':'Patient/%d','display':'A. Person'},".formatted(patient);
    String visit = "'encounter':{'reference':'Encounter/%08x'},".formatted(random.nextInt());
    String day =
        "20%02d-%02d-%02dT%02d:30:00-07:00"
            .formatted(
                random.nextInt(10, 26),
                random.nextInt(1, 13),
                random.nextInt(1, 29),
                random.nextInt(24));
    int code = random.nextInt(5000);
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
                  .formatted(number, number, code, code, code, day.substring(0, 10), code, code);
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
}
