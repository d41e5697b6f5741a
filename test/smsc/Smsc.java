// An SMSC for tests, on 127.0.0.1: Smsc <SMPP port> <control port> <first message id> [<key store for TLS> <its password>].

import java.io.FileInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.KeyStore;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

public final class Smsc {
  private static final int BACKLOG = 50;

  public static void main(String[] args) throws Exception {
    ServerSocketFactory sockets = args.length > 3 ? tls(args[3], args[4].toCharArray()) : ServerSocketFactory.getDefault();
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    ServerSocket listening = sockets.createServerSocket(Integer.parseInt(args[0]), BACKLOG, loopback);
    Journal submitted = new Journal();
    Journal sentReceipts = new Journal();
    Journal binds = new Journal();
    Rules rules = new Rules();
    Clients clients = new Clients(rules, binds);
    Receipts receipts = new Receipts(clients, sentReceipts);
    Submits submits = new Submits(rules, clients, receipts, new MessageIds(Long.parseLong(args[2])), submitted);
    new Control(Integer.parseInt(args[1])).start(rules, clients, receipts, submitted, sentReceipts, binds);
    System.out.println("listening on 127.0.0.1:" + args[0]);
    clients.serve(listening, submits);
  }

  private static ServerSocketFactory tls(String keyStore, char[] password) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream file = new FileInputStream(keyStore)) {
      keys.load(file, password);
    }
    KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context.getServerSocketFactory();
  }
}
