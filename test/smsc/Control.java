// The test's own way in, on a port beside SMPP's: form fields in, JSON out.

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.RawDataCoding;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.TypeOfNumber;

final class Control {
  private interface Action {
    String run(Map<String, String> fields) throws Exception;
  }

  private final HttpServer server;

  Control(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
    server.setExecutor(Executors.newFixedThreadPool(4));
  }

  void start(Rules rules, Clients clients, Receipts receipts, Journal submits, Journal sentReceipts, Journal binds) {
    on("/settings", (fields) -> done(() -> rules.change(fields)));
    on("/rules", (fields) -> done(() -> rules.add(fields)));
    on("/reset", (fields) -> done(() -> {
      rules.reset();
      receipts.forget();
      submits.clear();
      sentReceipts.clear();
    }));
    on("/submits", (fields) -> submits.json());
    on("/receipts", (fields) -> sentReceipts.json());
    on("/binds", (fields) -> binds.json());
    on("/freeze", (fields) -> done(() -> clients.freezer.freeze(Long.parseLong(fields.get("ms")))));
    on("/unbind", (fields) -> done(() -> clients.connected().forEach((each) -> each.session.unbindAndClose())));
    on("/drop", (fields) -> {
      for (Client each : clients.connected()) each.drop("true".equals(fields.get("reset")));
      return "{}";
    });
    on("/raw", (fields) -> {
      for (Client each : clients.connected()) each.write(Bytes.fromHex(fields.get("hex")));
      return "{}";
    });
    on("/deliver", (fields) -> {
      for (Client each : clients.connected()) if (each.canReceive()) deliver(each, fields);
      return "{}";
    });
    server.start();
  }

  /** Any deliver_sm: a message of a phone, a forged receipt, one nobody can read. TLVs as `tag:hex,tag:hex`. */
  private static void deliver(Client client, Map<String, String> fields) throws Exception {
    String[] given = fields.getOrDefault("tlvs", "").split(",");
    OptionalParameter[] tlvs = Arrays.stream(given).filter((each) -> !each.isEmpty()).map((each) -> {
      String[] parts = each.split(":");
      byte[] value = Bytes.fromHex(parts.length > 1 ? parts[1] : "");
      return (OptionalParameter) new OptionalParameter.OctetString((short) (int) Integer.decode(parts[0]), value);
    }).toArray(OptionalParameter[]::new);
    client.session.deliverShortMessage("", TypeOfNumber.INTERNATIONAL, NumberingPlanIndicator.ISDN,
        fields.getOrDefault("source", ""), TypeOfNumber.UNKNOWN, NumberingPlanIndicator.UNKNOWN,
        fields.getOrDefault("destination", ""), new ESMClass(Integer.decode(fields.getOrDefault("esmClass", "4"))),
        (byte) 0, (byte) 0, new RegisteredDelivery(0),
        new RawDataCoding((byte) (int) Integer.decode(fields.getOrDefault("dataCoding", "0"))),
        Bytes.fromHex(fields.getOrDefault("hex", "")), tlvs);
  }

  private static String done(Runnable act) {
    act.run();
    return "{}";
  }

  private void on(String path, Action action) {
    server.createContext(path, (exchange) -> {
      try (exchange) {
        byte[] answer;
        int status = 200;
        try {
          answer = action.run(fields(exchange)).getBytes(StandardCharsets.UTF_8);
        } catch (Exception e) {
          status = 400;
          answer = (e.getClass().getSimpleName() + ": " + e.getMessage()).getBytes(StandardCharsets.UTF_8);
        }
        exchange.sendResponseHeaders(status, answer.length);
        exchange.getResponseBody().write(answer);
      }
    });
  }

  private static Map<String, String> fields(HttpExchange exchange) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    for (String pair : form.split("&")) {
      String[] parts = pair.split("=", 2);
      if (parts.length == 2) fields.put(decode(parts[0]), decode(parts[1]));
    }
    return fields;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
