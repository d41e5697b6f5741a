// Sends receipts by deliver_sm: ahead of the response or behind it, once or more often, and again until it is taken.

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.RawDataCoding;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.SubmitSm;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;

final class Receipts {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyMMddHHmm");
  private static final int ECHOED = 20;
  private static final byte RECEIPT = 0x04;
  private static final int AHEAD_MILLIS = 300;
  private static final int NOBODY_BOUND_MILLIS = 100;
  private static final Map<String, Integer> STATES = Map.of("ENROUTE", 1, "DELIVRD", 2, "EXPIRED", 3, "DELETED", 4,
      "UNDELIV", 5, "ACCEPTD", 6, "UNKNOWN", 7, "REJECTD", 8);

  /** A message whose sender asked to be told, with what is to be told. */
  record Order(SubmitSm submit, Client client, long id, Settings settings, String text) {}

  private final Clients clients;
  private final Journal journal;
  private final AtomicLong generation = new AtomicLong();
  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(32);

  Receipts(Clients clients, Journal journal) {
    this.clients = clients;
    this.journal = journal;
  }

  /** Forgets every receipt not sent yet. */
  void forget() {
    generation.incrementAndGet();
  }

  /** Sends the receipts and gives them a head start over the response. */
  void sendAhead(Order order) {
    schedule(order);
    Waiting.millis(order.settings.number("receiptDelayMs") + AHEAD_MILLIS);
  }

  /** Sends the receipts after their delay, one state after the other, where the sender asked for them. */
  void schedule(Order order) {
    List<String> states = new ArrayList<>(List.of(order.settings.text("receiptStates").split(",")));
    int asked = order.submit.getRegisteredDelivery() & 3;
    if (asked == 2) states.remove("DELIVRD");
    if (asked == 0 || asked == 3) return;
    long began = generation.get();
    threads.schedule(() -> {
      for (String state : states) {
        for (int copy = 0; copy < order.settings.number("receiptCopies"); copy++) send(order, state, began);
      }
    }, order.settings.number("receiptDelayMs"), TimeUnit.MILLISECONDS);
  }

  private void send(Order order, String state, long began) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("messageId", MessageIds.write(order.id, order.settings.text("responseId")));
    row.put("destination", order.submit.getDestAddress());
    row.put("state", state);
    int tries = 0;
    while (tries < order.settings.number("receiptTries") && generation.get() == began) {
      Client receiver = clients.receiver(order.client, order.settings.text("receiptTo"));
      if (receiver == null) {
        Waiting.millis(NOBODY_BOUND_MILLIS);
        continue;
      }
      tries++;
      String outcome = deliver(receiver, order, state);
      row.put("bind", receiver.number);
      row.put("outcome", outcome);
      journal.add(row);
      if (outcome.equals("taken")) return;
      Waiting.millis(order.settings.number("receiptRetryMs"));
    }
  }

  private String deliver(Client receiver, Order order, String state) {
    SubmitSm submit = order.submit;
    Settings settings = order.settings;
    List<OptionalParameter> tlvs = new ArrayList<>();
    String tlvId = MessageIds.write(order.id, settings.text("receiptTlvId"));
    if (tlvId != null) {
      tlvs.add(new OptionalParameter.Receipted_message_id(tlvId));
      tlvs.add(new OptionalParameter.Message_state(STATES.getOrDefault(state, 7).byteValue()));
    }
    try {
      clients.freezer.await();
      receiver.session.setTransactionTimer(settings.number("receiptWaitMs"));
      receiver.session.deliverShortMessage("", TypeOfNumber.valueOf(submit.getDestAddrTon()),
          NumberingPlanIndicator.valueOf(submit.getDestAddrNpi()), submit.getDestAddress(),
          TypeOfNumber.valueOf(submit.getSourceAddrTon()), NumberingPlanIndicator.valueOf(submit.getSourceAddrNpi()),
          submit.getSourceAddr(), new ESMClass(RECEIPT), (byte) 0, (byte) 0, new RegisteredDelivery(0),
          new RawDataCoding((byte) settings.number("receiptDataCoding")), text(order, state).getBytes(),
          tlvs.toArray(new OptionalParameter[0]));
      return "taken";
    } catch (NegativeResponseException e) {
      return "refused " + e.getCommandStatus();
    } catch (Exception e) {
      return e.getClass().getSimpleName();
    }
  }

  // The form of the specification's appendix B; the first characters of the message come back in it, as many networks do.
  private static String text(Order order, String state) {
    String id = MessageIds.write(order.id, order.settings.text("receiptTextId"));
    String now = TIME.format(LocalDateTime.now(ZoneOffset.UTC));
    String echo = order.text.substring(0, Math.min(ECHOED, order.text.length())).replaceAll("[^ -~]", "?");
    return (id == null ? "" : "id:" + id + " ") + "sub:001 dlvrd:" + (state.equals("DELIVRD") ? "001" : "000")
        + " submit date:" + now + " done date:" + now + " stat:" + state + " err:"
        + order.settings.text("receiptError") + " text:" + echo;
  }
}
