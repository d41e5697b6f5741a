// Message ids in the many forms networks give them: one number, written another way in the response than in the receipt.

import java.util.concurrent.atomic.AtomicLong;

final class MessageIds {
  // Its hexadecimal digits hold letters, so that base and case show.
  private final AtomicLong next;

  MessageIds(long first) {
    next = new AtomicLong(first);
  }

  long next() {
    return next.getAndIncrement();
  }

  static String write(long number, String form) {
    return switch (form) {
      case "none" -> null;
      case "decimal" -> Long.toString(number);
      case "paddedDecimal" -> String.format("%020d", number);
      case "hex" -> Long.toHexString(number);
      case "HEX" -> Long.toHexString(number).toUpperCase();
      case "paddedHex" -> String.format("%016x", number);
      case "word" -> "sm-" + Long.toString(number, 36);
      case "WORD" -> "SM-" + Long.toString(number, 36).toUpperCase();
      case "wrong" -> Long.toString(number + 500_000_000L);
      default -> throw new IllegalArgumentException("no such form of a message id: " + form);
    };
  }
}
