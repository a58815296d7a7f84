-- Two results are the same when every row has its counterpart by number with equal values, codes correspond one to one, and
-- the days between the two shifted dates are one number for each patient.
SET memory_limit = '8GB';
SET preserve_insertion_order = false;
WITH pairs AS (
  SELECT o AS ours, t AS reference
  FROM ${ours} AS o FULL JOIN ${reference} AS t ON o.sequence::BIGINT = t.sequence::BIGINT
)
SELECT
  count(*) AS rows,
  count(DISTINCT ours.sequence) AS numbers,
  count(*) FILTER (ours.sequence IS NULL OR reference.sequence IS NULL) AS unpaired,
  count(*) FILTER (
    ${different}) AS different,
  count(DISTINCT ours.patient_id) AS codes,
  count(DISTINCT reference.patient_id) AS reference_codes,
  count(DISTINCT ours.patient_id || ' ' || reference.patient_id) AS code_pairs,
  count(DISTINCT ours.patient_id || ' ' || (ours.visited_on::DATE - reference.visited_on::DATE)::VARCHAR) AS code_shifts
FROM pairs;
