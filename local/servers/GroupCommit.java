// Lets writers share commits of one H2 store: a write returns only after a commit that holds it.

import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

final class GroupCommit {
  // Each commit costs about four blocks of file however little it holds; a short wait lets more writers share it.
  private static final int GATHER_MILLIS = 1;
  // Seldom and large compactions fall behind (the file grew to seven times its content), so: often and small.
  private static final int COMPACT_EVERY_COMMITS = 64;
  private static final int COMPACT_BYTES = 8 << 20;
  private static final int WANTED_FILL_PERCENT = 60;
  private static final int COMPACT_AT_EDGES_MILLIS = 2_000;

  private final MVStore store;
  // Writers share it; a commit holds it alone, so that no commit catches a document without its index entry.
  private final ReentrantReadWriteLock quiet = new ReentrantReadWriteLock(true);
  private long written;
  private long committed;
  private int writing;
  private boolean closing;
  private RuntimeException broken;
  private final Thread committer = new Thread(this::run, "committer");

  GroupCommit(MVStore store) {
    this.store = store;
    committer.start();
  }

  /** Opens the store with commits in our hands alone, and replaced pages free at once. */
  static MVStore open(String file) {
    // No automatic commits: they would fall into the middle of a write.
    MVStore store = new MVStore.Builder().fileName(file).cacheSize(256).compress()
        .autoCommitDisabled().autoCommitBufferSize(0).open();
    // Space of replaced chunks may be reused at once: enough against a killed process, though not against a power cut.
    store.setRetentionTime(0);
    store.setVersionsToKeep(0);
    return store;
  }

  /** Runs a write beside other writes, then waits for the commit that holds it. */
  <T> T write(Supplier<T> operation) {
    synchronized (this) {
      writing++;
    }
    quiet.readLock().lock();
    try {
      return operation.get();
    } finally {
      quiet.readLock().unlock();
      awaitCommit(true);
    }
  }

  /** Runs a read, then waits until nothing it can have seen is uncommitted: what was read once stays. */
  <T> T afterCommit(Supplier<T> operation) {
    T result = operation.get();
    awaitCommit(false);
    return result;
  }

  private synchronized void awaitCommit(boolean wrote) {
    if (wrote) writing--;
    if (wrote || writing > 0) {
      written++;
      notifyAll();
    }
    long mine = written;
    while (committed < mine && broken == null) {
      try {
        wait();
      } catch (InterruptedException e) {
        throw new IllegalStateException("stopped before the commit", e);
      }
    }
    if (broken != null) throw broken;
  }

  private void run() {
    long commits = 0;
    try {
      while (awaitWork()) {
        Thread.sleep(GATHER_MILLIS);
        commitOnce();
        if (++commits % COMPACT_EVERY_COMMITS == 0) compact(WANTED_FILL_PERCENT);
      }
    } catch (InterruptedException | RuntimeException e) {
      fail(e);
    }
  }

  private synchronized boolean awaitWork() throws InterruptedException {
    while (written == committed && !closing) wait();
    return written > committed;
  }

  private void commitOnce() {
    long upTo;
    quiet.writeLock().lock();
    try {
      synchronized (this) {
        upTo = written;
      }
      store.commit();
    } finally {
      quiet.writeLock().unlock();
    }
    synchronized (this) {
      committed = upTo;
      notifyAll();
    }
  }

  private boolean compact(int wantedFillPercent) {
    quiet.writeLock().lock();
    try {
      boolean moved = store.compact(wantedFillPercent, COMPACT_BYTES);
      store.commit();
      return moved;
    } finally {
      quiet.writeLock().unlock();
    }
  }

  /** Gives back the space of replaced pages, for a bounded time; only maps already opened take part. */
  void squeeze() {
    long stopAt = System.nanoTime() + COMPACT_AT_EDGES_MILLIS * 1_000_000L;
    MVMap<String, Long> clock = store.openMap("housekeeping");
    while (store.getFileStore().getChunksFillRate() < WANTED_FILL_PERCENT && System.nanoTime() < stopAt) {
      boolean moved = compact(95);
      // Emptied pieces of the file are freed by a later commit, and a commit needs a change.
      for (int commit = 0; commit < 2; commit++) {
        clock.put("squeezed", System.nanoTime());
        store.commit();
      }
      if (!moved) break;
    }
    store.compactFile(COMPACT_AT_EDGES_MILLIS);
  }

  // A store that cannot commit must not go on answering: the supervisor starts it anew from the last commit.
  private void fail(Exception e) {
    e.printStackTrace();
    synchronized (this) {
      broken = new IllegalStateException("the store cannot commit", e);
      notifyAll();
    }
    Runtime.getRuntime().halt(1);
  }

  /** Commits what is left, compacts for a moment, and closes the file. */
  void close() {
    synchronized (this) {
      closing = true;
      notifyAll();
    }
    try {
      committer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    squeeze();
    store.close(0);
  }
}
