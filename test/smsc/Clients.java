// All connections: takes them, lets them bind or refuses, and finds one that takes a receipt.

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.InterfaceVersion;
import org.jsmpp.session.BindRequest;
import org.jsmpp.session.SMPPServerSession;

final class Clients {
  private static final int BIND_WITHIN_MILLIS = 30_000;
  private static final int ENQUIRE_AFTER_MILLIS = 60_000;

  final Client.Freezer freezer = new Client.Freezer();
  private final Rules rules;
  private final Journal journal;
  private final List<Client> open = new CopyOnWriteArrayList<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private final AtomicInteger turn = new AtomicInteger();

  Clients(Rules rules, Journal journal) {
    this.rules = rules;
    this.journal = journal;
  }

  /** Takes connections for ever. */
  void serve(ServerSocket listening, Submits submits) throws IOException {
    for (;;) {
      Socket socket = listening.accept();
      try {
        socket.setTcpNoDelay(true);
        Client client = new Client(numbers.incrementAndGet(), socket, freezer, submits);
        open.add(client);
        new Thread(() -> awaitBind(client), "bind-" + client.number).start();
      } catch (IOException e) {
        // Gone again already: that is no reason to refuse the next one.
        socket.close();
      }
    }
  }

  private void awaitBind(Client client) {
    try {
      BindRequest request = client.session.waitForBind(BIND_WITHIN_MILLIS);
      Settings settings = rules.now();
      Waiting.millis(settings.number("bindAfterMs"));
      int status = judge(request, settings);
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("number", client.number);
      row.put("systemId", request.getSystemId());
      row.put("type", request.getBindType().name());
      row.put("status", status);
      row.put("endedAt", null);
      Map<String, Object> kept = journal.add(row);
      Runnable ended = () -> {
        open.remove(client);
        journal.update(kept, "endedAt", Instant.now().toString());
      };
      client.session.addSessionStateListener((now, before, session) -> {
        if (!now.isNotClosed()) ended.run();
      });
      // Gone while its bind waited to be answered: then the listener is told nothing any more.
      if (!client.session.getSessionState().isNotClosed()) ended.run();
      if (status != 0) {
        request.reject(status);
        return;
      }
      client.systemId = request.getSystemId();
      client.session.setEnquireLinkTimer(ENQUIRE_AFTER_MILLIS);
      request.accept("smsc", InterfaceVersion.IF_34);
    } catch (Exception e) {
      // Gone before it was bound, or said what is no bind.
      client.drop(false);
      open.remove(client);
    }
  }

  private int judge(BindRequest request, Settings settings) {
    if (settings.number("bindStatus") != 0) return settings.number("bindStatus");
    String systemId = settings.text("systemId");
    if (!systemId.isEmpty() && !systemId.equals(request.getSystemId())) return SMPPConstant.STAT_ESME_RINVSYSID;
    String password = settings.text("password");
    if (!password.isEmpty() && !password.equals(request.getPassword())) return SMPPConstant.STAT_ESME_RINVPASWD;
    long bound = open.stream().filter(Client::isBound).count();
    return bound >= settings.number("maxBinds") ? SMPPConstant.STAT_ESME_RALYBND : 0;
  }

  Client of(SMPPServerSession session) {
    return open.stream().filter((each) -> each.session == session).findFirst().orElseThrow();
  }

  List<Client> connected() {
    return open.stream().filter(Client::isConnected).toList();
  }

  /**
   * Who takes a receipt for a message of that client: itself (`same`), but another of its system id once it is gone; `any` one
   * of them; an `other` one where there is one. Null when nobody can.
   */
  Client receiver(Client sender, String wish) {
    List<Client> able = open.stream().filter((each) -> each.canReceive() && each.systemId.equals(sender.systemId)).toList();
    if (able.isEmpty()) return null;
    if (wish.equals("same") && able.contains(sender)) return sender;
    List<Client> others = able.stream().filter((each) -> each != sender).toList();
    List<Client> from = wish.equals("other") && !others.isEmpty() ? others : able;
    return from.get(turn.getAndIncrement() % from.size());
  }
}
