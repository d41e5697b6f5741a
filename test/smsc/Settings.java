// What the SMSC does, by name; docs of each in test/support/smsc-settings.ts.

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

final class Settings {
  private static final Map<String, String> DEFAULTS = new TreeMap<>(Map.ofEntries(
      Map.entry("systemId", ""), Map.entry("password", ""), Map.entry("bindStatus", "0"), Map.entry("maxBinds", "1000"),
      Map.entry("bindAfterMs", "0"), Map.entry("status", "0"), Map.entry("respondAfterMs", "0"),
      Map.entry("drop", "never"), Map.entry("ratePerSecond", "0"), Map.entry("responseId", "decimal"),
      Map.entry("alphabet", "gsm"), Map.entry("receipts", "true"), Map.entry("receiptDelayMs", "0"),
      Map.entry("receiptBeforeResponse", "false"), Map.entry("receiptStates", "DELIVRD"),
      Map.entry("receiptError", "000"), Map.entry("receiptCopies", "1"), Map.entry("receiptTextId", "decimal"),
      Map.entry("receiptTlvId", "decimal"), Map.entry("receiptDataCoding", "0"), Map.entry("receiptTo", "same"),
      Map.entry("receiptTries", "5"), Map.entry("receiptRetryMs", "500"), Map.entry("receiptWaitMs", "5000")));

  private final Map<String, String> values = new HashMap<>(DEFAULTS);

  /** These settings with the others on top. A misspelt name is refused, so that it fails its test. */
  Settings with(Map<String, String> changes) {
    Settings result = new Settings();
    result.values.putAll(values);
    changes.forEach((name, value) -> {
      if (!DEFAULTS.containsKey(name)) throw new IllegalArgumentException(name + " is none of " + DEFAULTS.keySet());
      result.values.put(name, value);
    });
    return result;
  }

  String text(String name) {
    return values.get(name);
  }

  int number(String name) {
    return Integer.decode(values.get(name));
  }

  boolean is(String name) {
    return Boolean.parseBoolean(values.get(name));
  }
}
