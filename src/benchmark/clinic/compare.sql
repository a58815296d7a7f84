-- Two results are the same when every row has its twin by number with equal values, codes correspond one to one, and
-- the days between the two shifted dates are one number for each patient.
SET memory_limit = '8GB';
SET preserve_insertion_order = false;
WITH pairs AS (
  SELECT o AS ours, t AS twin
  FROM ${ours} AS o FULL JOIN ${twin} AS t ON o.sequence::BIGINT = t.sequence::BIGINT
)
SELECT
  count(*) AS rows,
  count(DISTINCT ours.sequence) AS numbers,
  count(*) FILTER (ours.sequence IS NULL OR twin.sequence IS NULL) AS unpaired,
  count(*) FILTER (
    ours.age_at_visit::INTEGER IS DISTINCT FROM twin.age_at_visit::INTEGER
    OR ours.zip3::VARCHAR IS DISTINCT FROM twin.zip3::VARCHAR
    OR ours.sex IS DISTINCT FROM twin.sex
    OR ours.department IS DISTINCT FROM twin.department
    OR ours.diagnosis IS DISTINCT FROM twin.diagnosis
    OR ours.procedure::VARCHAR IS DISTINCT FROM twin.procedure::VARCHAR
    OR ours.charge::DECIMAL(9,2) IS DISTINCT FROM twin.charge::DECIMAL(9,2)
    OR ours.weight_kg::DECIMAL(5,1) IS DISTINCT FROM twin.weight_kg::DECIMAL(5,1)) AS different,
  count(DISTINCT ours.patient_id) AS codes,
  count(DISTINCT twin.patient_id) AS twin_codes,
  count(DISTINCT ours.patient_id || ' ' || twin.patient_id) AS code_pairs,
  count(DISTINCT ours.patient_id || ' ' || (ours.visited_on::DATE - twin.visited_on::DATE)::VARCHAR) AS code_shifts
FROM pairs;
