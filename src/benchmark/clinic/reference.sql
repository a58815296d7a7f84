-- The same work in DuckDB: patients with a consent that holds, one HMAC-SHA-256 a patient for code and date shift, then one
-- COPY for each table.
SET threads = ${threads};
SET memory_limit = '${memory}';
SET temp_directory = '${temporary}';
SET preserve_insertion_order = false;
SET VARIABLE ipad = unhex('${ipad}');
SET VARIABLE opad = unhex('${opad}');
CREATE TEMP TABLE subject AS
WITH consent AS (
  SELECT patient_id, decision
  FROM read_csv('${clinic}/consents.csv', header = true, all_varchar = true)
  WHERE status = 'ACTIVE' AND (purposes = 'HRESCH' OR decision = 'WITHDRAW')
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
)
SELECT
  patient_id,
  date_of_birth,
  'P-' || upper(substr(mac, 1, 26)) AS code,
  CAST(1 + ('0x' || substr(mac, 33, 7))::BIGINT % 365 AS INTEGER)
    * CASE WHEN substr(mac, 40, 1) < '8' THEN 1 ELSE -1 END AS shift
FROM coded;
${copies}