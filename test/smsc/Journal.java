// Everything the SMSC was told and has said, in order, for the test to read.

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

final class Journal {
  private final List<Map<String, Object>> rows = new ArrayList<>();

  /** A new row with the time in it; what is put into it later shows, too, when done through `update`. */
  synchronized Map<String, Object> add(Map<String, Object> values) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("at", Instant.now().toString());
    row.putAll(values);
    rows.add(row);
    return row;
  }

  synchronized void update(Map<String, Object> row, String name, Object value) {
    row.put(name, value);
  }

  synchronized void clear() {
    rows.clear();
  }

  synchronized String json() {
    return Bytes.json(rows);
  }
}
