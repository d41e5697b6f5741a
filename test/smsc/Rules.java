// The settings in force, and rules that change them for some submits only: by destination, by part, a number of times.

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

final class Rules {
  private static final class Rule {
    final String destination;
    final String part;
    final Map<String, String> changes;
    long left;

    Rule(Map<String, String> request) {
      changes = new HashMap<>(request);
      destination = changes.remove("destination");
      part = changes.remove("part");
      String times = changes.remove("times");
      left = times == null ? Long.MAX_VALUE : Long.parseLong(times);
      new Settings().with(changes);
    }

    boolean fits(String destination, int part) {
      return left > 0 && (this.destination == null || this.destination.equals(destination))
          && (this.part == null || this.part.equals(String.valueOf(part)));
    }
  }

  private final List<Rule> rules = new ArrayList<>();
  private Settings settings = new Settings();

  synchronized void change(Map<String, String> changes) {
    settings = settings.with(changes);
  }

  synchronized void add(Map<String, String> request) {
    rules.add(new Rule(request));
  }

  synchronized void reset() {
    settings = new Settings();
    rules.clear();
  }

  synchronized Settings now() {
    return settings;
  }

  /** The settings for one submit, later rules on top; each rule that fits is used up by one. */
  synchronized Settings forSubmit(String destination, int part) {
    Settings result = settings;
    for (Rule rule : rules) {
      if (!rule.fits(destination, part)) continue;
      rule.left--;
      result = result.with(rule.changes);
    }
    return result;
  }
}
