// Waiting that a stop of the program may cut short.

final class Waiting {
  static void millis(long millis) {
    try {
      if (millis > 0) Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
