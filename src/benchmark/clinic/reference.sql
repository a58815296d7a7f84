-- The same work in DuckDB: patients with a consent that holds, one HMAC-SHA-256 a patient for code and date shift,
-- ZIP3 by the population list, ages over 89 as 90 and none for the oldest birth-year bucket, one COPY.
SET threads = ${threads};
SET memory_limit = '${memory}';
SET preserve_insertion_order = false;
SET VARIABLE ipad = unhex('${ipad}');
SET VARIABLE opad = unhex('${opad}');
-- date_sub counts a year full on 28 February for those born on the 29th; the program counts it on 1 March.
CREATE MACRO age_at(birth, event) AS year(event) - year(birth)
  - CASE WHEN month(event) * 100 + day(event) < month(birth) * 100 + day(birth) THEN 1 ELSE 0 END;
COPY (
  WITH consent AS (
    SELECT patient_id, decision
    FROM read_csv('${clinic}/consents.csv', header = true, all_varchar = true)
    WHERE status = 'ACTIVE'
  ),
  coded AS MATERIALIZED (
    SELECT
      patient_id,
      date_of_birth,
      sha256(getvariable('opad') || unhex(sha256(getvariable('ipad') || encode(patient_id)))) AS mac
    FROM read_csv('${clinic}/patients.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"',
      columns = {'patient_id': 'VARCHAR', 'date_of_birth': 'DATE'})
    WHERE patient_id IN (SELECT patient_id FROM consent WHERE decision = 'PERMIT')
      AND patient_id NOT IN (SELECT patient_id FROM consent WHERE decision = 'WITHDRAW')
  ),
  subject AS MATERIALIZED (
    SELECT
      patient_id,
      date_of_birth,
      upper(substr(mac, 1, 26)) AS code,
      CAST(1 + ('0x' || substr(mac, 33, 7))::BIGINT % 365 AS INTEGER)
        * CASE WHEN substr(mac, 40, 1) < '8' THEN 1 ELSE -1 END AS shift
    FROM coded
  ),
  releasable AS (
    SELECT zip3 FROM read_csv('${zips}', header = true, columns = {'zip3': 'VARCHAR', 'population': 'BIGINT'})
    WHERE population > 20000
  )
  SELECT
    s.code AS patient_id,
    v.visited_on + s.shift AS visited_on,
    CASE WHEN year(s.date_of_birth) <= 1936 THEN NULL
      ELSE least(90, age_at(s.date_of_birth, v.visited_on)) END::INTEGER AS age_at_visit,
    CASE WHEN z.zip3 IS NULL THEN '000' ELSE z.zip3 END AS zip3,
    v.sex, v.department, v.diagnosis, v.procedure, v.charge, v.weight_kg, v.sequence
  FROM read_csv('${clinic}/visits.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"',
    columns = {
      'visit_id': 'VARCHAR', 'patient_id': 'VARCHAR', 'visited_on': 'DATE', 'arrived_at': 'VARCHAR', 'zip': 'VARCHAR',
      'sex': 'VARCHAR', 'department': 'VARCHAR', 'provider': 'VARCHAR', 'diagnosis': 'VARCHAR', 'procedure': 'VARCHAR',
      'charge': 'DECIMAL(9,2)', 'paid': 'VARCHAR', 'insurer': 'VARCHAR', 'height_cm': 'VARCHAR',
      'weight_kg': 'DECIMAL(5,1)', 'systolic': 'VARCHAR', 'diastolic': 'VARCHAR', 'status': 'VARCHAR', 'note': 'VARCHAR',
      'sequence': 'BIGINT'}) AS v
  JOIN subject AS s ON s.patient_id = v.patient_id
  LEFT JOIN releasable AS z ON z.zip3 = substr(v.zip, 1, 3)
) TO '${out}' (${format});
