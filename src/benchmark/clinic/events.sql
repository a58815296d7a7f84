COPY (
  SELECT s.code AS patient_id, e.visited_on + s.shift AS visited_on, e.sequence${released}
  FROM read_csv('${clinic}/${table}.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"',
    columns = {'patient_id': 'VARCHAR', 'visited_on': 'DATE', 'sequence': 'BIGINT'${columns}}) AS e
  JOIN subject AS s ON s.patient_id = e.patient_id
  ${order}
) TO '${out}/${table}.${suffix}' (${format});
