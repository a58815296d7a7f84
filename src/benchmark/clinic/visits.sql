-- ZIP3 by the population list, ages over 89 as 90 and none for the oldest birth-year bucket.
-- DuckDB's date_sub completes a year of someone born on 29 February on the 28th. The program completes it on 1 March, and
-- this does too.
CREATE MACRO age_at(birth, event) AS year(event) - year(birth)
  - CASE WHEN month(event) * 100 + day(event) < month(birth) * 100 + day(birth) THEN 1 ELSE 0 END;
COPY (
  WITH releasable AS (
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
  ${order}
) TO '${out}/visits.${suffix}' (${format});
