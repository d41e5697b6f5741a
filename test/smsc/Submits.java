// Takes submit_sm: writes each down, decides what becomes of it, and answers when and as the settings say.

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jsmpp.PDUStringException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.SubmitSm;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.SMPPServerSession;
import org.jsmpp.session.SubmitSmResult;
import org.jsmpp.util.MessageId;

final class Submits extends Unsupported {
  private static final OptionalParameter[] NO_TLVS = {};
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final Rules rules;
  private final Clients clients;
  private final Receipts receipts;
  private final MessageIds ids;
  private final Journal journal;
  private final Deque<Long> lastSecond = new ArrayDeque<>();
  /** What to do once the response is out, by message id. */
  private final Map<String, Runnable> afterResponse = new ConcurrentHashMap<>();

  Submits(Rules rules, Clients clients, Receipts receipts, MessageIds ids, Journal journal) {
    this.rules = rules;
    this.clients = clients;
    this.receipts = receipts;
    this.ids = ids;
    this.journal = journal;
  }

  @Override
  public SubmitSmResult onAcceptSubmitSm(SubmitSm submit, SMPPServerSession session) throws ProcessRequestException {
    Client client = clients.of(session);
    SubmitRow row = new SubmitRow(submit, client);
    Settings settings = rules.forSubmit(submit.getDestAddress(), row.part);
    String drop = settings.text("drop");
    int status = overRate(settings) ? SMPPConstant.STAT_ESME_RTHROTTLED : settings.number("status");
    boolean accepted = status == 0 && !drop.equals("beforeAccept");
    long id = ids.next();
    String messageId = MessageIds.write(id, settings.text("responseId"));
    String text = row.decode(settings.text("alphabet"));
    row.values.put("accepted", accepted);
    row.values.put("status", status);
    row.values.put("messageId", accepted ? messageId : null);
    journal.add(row.values);
    if (accepted && settings.is("receipts")) {
      Receipts.Order order = new Receipts.Order(submit, client, id, settings, text);
      if (settings.is("receiptBeforeResponse")) receipts.sendAhead(order);
      else if (drop.equals("afterAccept")) receipts.schedule(order);
      else afterResponse.put(messageId, () -> receipts.schedule(order));
    }
    Waiting.millis(settings.number("respondAfterMs"));
    if (!drop.equals("never")) {
      client.drop(false);
      throw new ProcessRequestException("the connection is gone", SMPPConstant.STAT_ESME_RSYSERR);
    }
    if (status != 0) throw new ProcessRequestException("refused as told", status);
    return result(messageId);
  }

  private static SubmitSmResult result(String messageId) {
    try {
      return new SubmitSmResult(new MessageId(messageId), NO_TLVS);
    } catch (PDUStringException e) {
      throw new IllegalStateException("no network gives an id like " + messageId, e);
    }
  }

  private synchronized boolean overRate(Settings settings) {
    int rate = settings.number("ratePerSecond");
    if (rate == 0) return false;
    long now = System.nanoTime();
    while (!lastSecond.isEmpty() && now - lastSecond.peekFirst() > SECOND_NANOS) lastSecond.removeFirst();
    if (lastSecond.size() >= rate) return true;
    lastSecond.addLast(now);
    return false;
  }

  @Override
  public void onSubmitSmRespSent(SubmitSmResult result, SMPPServerSession session) {
    Runnable next = afterResponse.remove(result.getMessageId());
    if (next != null) next.run();
  }

  // The message is accepted all the same: only the response is lost.
  @Override
  public void onSubmitSmRespError(SubmitSmResult result, Exception cause, SMPPServerSession session) {
    onSubmitSmRespSent(result, session);
  }
}
