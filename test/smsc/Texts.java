// Reads what stands in a message: its user data header, and its text by data_coding, with an alphabet table of its own.

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

final class Texts {
  private static final String GSM = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
      + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
  private static final Map<Integer, Character> GSM_ESCAPED = Map.of(0x0a, '\f', 0x14, '^', 0x28, '{', 0x29, '}', 0x2f,
      '\\', 0x3c, '[', 0x3d, '~', 0x3e, ']', 0x40, '|', 0x65, '€');

  record UserData(List<Map<String, Object>> header, byte[] body) {
    /** Reference, total and number of a part; null where the message is in one. */
    Map<String, Object> concatenation() {
      for (Map<String, Object> element : header) {
        byte[] data = Bytes.fromHex((String) element.get("data"));
        int wide = element.get("id").equals(8) ? 1 : 0;
        if (!element.get("id").equals(wide * 8) || data.length != 3 + wide) continue;
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("reference", wide == 1 ? (data[0] & 0xff) << 8 | data[1] & 0xff : data[0] & 0xff);
        result.put("total", data[1 + wide] & 0xff);
        result.put("part", data[2 + wide] & 0xff);
        return result;
      }
      return null;
    }
  }

  /** Splits off the header when esm_class says there is one. */
  static UserData split(byte[] message, int esmClass) {
    List<Map<String, Object>> header = new ArrayList<>();
    if ((esmClass & 0x40) == 0 || message.length == 0) return new UserData(header, message);
    int end = 1 + (message[0] & 0xff);
    for (int at = 1; at + 1 < end; at += 2 + (message[at + 1] & 0xff)) {
      byte[] data = Bytes.part(message, at + 2, at + 2 + (message[at + 1] & 0xff));
      Map<String, Object> element = new LinkedHashMap<>();
      element.put("id", message[at] & 0xff);
      element.put("data", Bytes.toHex(data));
      header.add(element);
    }
    return new UserData(header, Bytes.part(message, end, message.length));
  }

  /** The text; `alphabet` (gsm, latin1, ascii) is what data_coding 0 means here. */
  static String decode(byte[] body, int dataCoding, String alphabet) {
    return switch (dataCoding) {
      case 0 -> alphabet.equals("gsm") ? gsm(body) : new String(body, Charset.forName(
          alphabet.equals("latin1") ? "ISO-8859-1" : "US-ASCII"));
      case 3 -> new String(body, StandardCharsets.ISO_8859_1);
      case 8 -> new String(body, StandardCharsets.UTF_16BE);
      default -> new String(body, StandardCharsets.US_ASCII);
    };
  }

  private static String gsm(byte[] body) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < body.length; i++) {
      boolean escape = body[i] == 0x1b && i + 1 < body.length && GSM_ESCAPED.containsKey((int) body[i + 1]);
      // Above 127 it is no septet: packed or of another alphabet, which shall show.
      if (escape) text.append(GSM_ESCAPED.get((int) body[++i]));
      else text.append(body[i] < 0 ? '\uFFFD' : GSM.charAt(body[i]));
    }
    return text.toString();
  }
}
