// One connection of a client: its session, its socket, and the misfortunes a test wants it to have.

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import org.jsmpp.DefaultPDUSender;
import org.jsmpp.SynchronizedPDUSender;
import org.jsmpp.session.SMPPServerSession;
import org.jsmpp.session.connection.socket.SocketConnection;

final class Client {
  // Each delayed response keeps a thread of its session, so there are many; the queue behind them throttles by itself.
  private static final int THREADS = 64;
  private static final int QUEUE = 2_000;

  final int number;
  final SMPPServerSession session;
  volatile String systemId = "";
  private final Socket socket;
  private final Freezer freezer;

  Client(int number, Socket socket, Freezer freezer, Submits submits) throws IOException {
    this.number = number;
    this.socket = socket;
    this.freezer = freezer;
    session = new SMPPServerSession(new FreezingConnection(socket), null, submits, submits, THREADS, QUEUE,
        new SynchronizedPDUSender(new DefaultPDUSender()), new LenientReader());
  }

  boolean isConnected() {
    return !socket.isClosed();
  }

  boolean isBound() {
    return session.getSessionState().isBound();
  }

  boolean canReceive() {
    return session.getSessionState().isReceivable();
  }

  /** Ends the connection without a word: in TCP's orderly way, or by a reset. */
  void drop(boolean reset) {
    try {
      if (reset) socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException("the connection cannot be dropped", e);
    }
  }

  void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** Lets all connections stand still for a while: nothing is read, so nothing is answered. */
  static final class Freezer {
    private volatile long until;

    void freeze(long millis) {
      until = System.currentTimeMillis() + millis;
    }

    void await() {
      for (long left; (left = until - System.currentTimeMillis()) > 0;) Waiting.millis(Math.min(left, 50));
    }
  }

  private final class FreezingConnection extends SocketConnection {
    FreezingConnection(Socket socket) throws IOException {
      super(socket);
    }

    // Waits after the read: the thread stands in it already when the freeze begins.
    @Override
    public InputStream getInputStream() {
      return new FilterInputStream(super.getInputStream()) {
        @Override
        public int read() throws IOException {
          int value = super.read();
          freezer.await();
          return value;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
          int count = super.read(target, offset, length);
          freezer.await();
          return count;
        }
      };
    }
  }
}
