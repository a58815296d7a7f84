package org.consentry.spark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/**
 * The job of the benchmark's visits as Spark SQL does it, without this program: patients whose
 * consent is valid, one HMAC-SHA-256 a patient for code and date shift, and all released rows in
 * the order of their columns. It checks nothing else and signs nothing.
 */
public final class SqlExport {

  private static final String PATIENT = "patient_id STRING, date_of_birth DATE";
  private static final String VISIT =
      "visit_id STRING, patient_id STRING, visited_on DATE, arrived_at STRING, zip STRING,"
          + " sex STRING, department STRING, provider STRING, diagnosis STRING, procedure STRING,"
          + " charge DECIMAL(9,2), paid STRING, insurer STRING, height_cm STRING,"
          + " weight_kg DECIMAL(5,1), systolic STRING, diastolic STRING, status STRING,"
          + " note STRING, sequence BIGINT";

  private static final String SUBJECTS =
      """
      SELECT patient_id, date_of_birth, code(patient_id) AS code, shift(patient_id) AS shift
      FROM patients
      LEFT SEMI JOIN (SELECT patient_id AS id FROM consent WHERE decision = 'PERMIT') ON patient_id = id
      LEFT ANTI JOIN (SELECT patient_id AS no FROM consent WHERE decision = 'WITHDRAW') ON patient_id = no
      """;

  /** A year is completed on the day of birth; on 1 March by someone born on 29 February. */
  private static final String RELEASED =
      """
      SELECT
        s.code AS patient_id,
        date_add(v.visited_on, s.shift) AS visited_on,
        CASE WHEN year(s.date_of_birth) > 1936 THEN least(90,
          year(v.visited_on) - year(s.date_of_birth)
            - CASE WHEN month(v.visited_on) * 100 + day(v.visited_on)
                < month(s.date_of_birth) * 100 + day(s.date_of_birth) THEN 1 ELSE 0 END) END AS age_at_visit,
        coalesce(z.zip3, '000') AS zip3,
        v.sex, v.department, v.diagnosis, v.procedure, v.charge, v.weight_kg, v.sequence
      FROM visits AS v
      JOIN subjects AS s ON s.patient_id = v.patient_id
      LEFT JOIN releasable AS z ON z.zip3 = substr(v.zip, 1, 3)
      ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
      """;

  private SqlExport() {}

  /**
   * Runs.
   *
   * @param arguments the folder of the clinic, the list of ZIP codes with their populations, the
   *     folder to make, csv or parquet, and how many threads
   */
  public static void main(String[] arguments) throws IOException, AnalysisException {
    String clinic = arguments[0];
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[" + arguments[4] + "]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate()) {
      spark.udf().register("code", (UDF1<String, String>) SqlExport::code, DataTypes.StringType);
      spark
          .udf()
          .register("shift", (UDF1<String, Integer>) SqlExport::shift, DataTypes.IntegerType);
      csv(spark, clinic + "/consents.csv", "")
          .where("status = 'ACTIVE' AND (purposes = 'HRESCH' OR decision = 'WITHDRAW')")
          .createTempView("consent");
      csv(spark, clinic + "/patients.csv", PATIENT).createTempView("patients");
      csv(spark, clinic + "/visits.csv", VISIT).createTempView("visits");
      csv(spark, arguments[1], "zip3 STRING, population BIGINT")
          .where("population > 20000")
          .createTempView("releasable");
      spark.sql(SUBJECTS).createTempView("subjects");
      spark
          .sql(RELEASED)
          .write()
          .format(arguments[3])
          .option("header", "true")
          .option("compression", arguments[3].equals("parquet") ? "zstd" : "none")
          .save(arguments[2]);
    }
  }

  private static Dataset<Row> csv(SparkSession spark, String file, String schema) {
    var reader =
        spark.read().option("header", "true").option("multiLine", "true").option("escape", "\"");
    return schema.isEmpty() ? reader.csv(file) : reader.schema(schema).csv(file);
  }

  private static String code(String patient) throws GeneralSecurityException {
    return "P-" + mac(patient).substring(0, 26).toUpperCase(Locale.ROOT);
  }

  private static int shift(String patient) throws GeneralSecurityException {
    String mac = mac(patient);
    int days = 1 + Integer.parseInt(mac.substring(32, 39), 16) % 365;
    return mac.charAt(39) < '8' ? days : -days;
  }

  private static String mac(String patient) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(patient.getBytes(StandardCharsets.UTF_8)));
  }
}
