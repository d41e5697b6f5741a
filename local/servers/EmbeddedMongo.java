// Speaks MongoDB's protocol on 127.0.0.1 over one H2 file: EmbeddedMongo <file> <port>; stops on SIGTERM.

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import org.h2.mvstore.MVStore;

public final class EmbeddedMongo extends H2Backend {
  // Housekeeping of drivers: never touches documents, so it need not wait for a commit.
  private static final Set<String> BARE = Set.of("hello", "ismaster", "ping", "buildinfo", "endsessions", "killcursors");
  private static final Set<String> READS = Set.of("find", "getmore", "count", "distinct", "listcollections", "listindexes");

  // A reply waits inside its network thread for the commit, so threads must outnumber the clients that share one.
  private static final int NETWORK_THREADS = 64;

  private final GroupCommit commits;

  private EmbeddedMongo(MVStore store, GroupCommit commits) {
    super(store);
    this.commits = commits;
    version(new DriverAcceptedVersion());
  }

  /** Answers one command, and only when everything it wrote or may have seen is committed. */
  @Override
  public Document handleMessage(MongoMessage message) {
    String command = message.getDocument().keySet().iterator().next().toLowerCase();
    if (BARE.contains(command)) return super.handleMessage(message);
    if (READS.contains(command)) return commits.afterCommit(() -> super.handleMessage(message));
    return commits.write(() -> super.handleMessage(message));
  }

  @Override
  protected MongoDatabase openOrCreateDatabase(String name) {
    return new Database(name);
  }

  // An inner class, since the library's constructor already opens collections: the outer store is there by then.
  private final class Database extends H2Database {
    Database(String name) {
      super(name, getMvStore(), getCursorRegistry());
    }

    @Override
    protected MongoCollection<Object> openOrCreateCollection(String name, CollectionOptions options) {
      return EmbeddedCollection.open(this, name, options, getMvStore(), getCursorRegistry());
    }
  }

  // The library says wire version 5 or so; drivers of today refuse less than 9.
  private static final class DriverAcceptedVersion implements MongoVersion {
    @Override
    public List<Integer> getVersionArray() {
      return List.of(5, 0, 0);
    }

    @Override
    public int getWireVersion() {
      return 13;
    }
  }

  /** Opens the file (compacting it), serves until told to stop, compacts and closes. */
  public static void main(String[] args) {
    MVStore store = GroupCommit.open(args[0]);
    GroupCommit commits = new GroupCommit(store);
    EmbeddedMongo backend = new EmbeddedMongo(store, commits);
    commits.squeeze();
    MongoServer server = new MongoServer(backend);
    server.bind(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[1])), 1, NETWORK_THREADS);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      server.stopListening();
      commits.close();
    }));
    System.out.println("listening on 127.0.0.1:" + args[1]);
  }
}
