// A collection that mends two habits of the library: full scans for most queries by key, and documents changed in place.
// A scan holds the collection's lock, so it stops everybody else, too.

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Collection;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

final class EmbeddedCollection extends H2Collection {
  // Longer ranges are scanned for.
  private static final long LONGEST_RANGE = 10_000;

  // Guarded by the collection's own lock, under which every update runs.
  private boolean updating;

  private EmbeddedCollection(MongoDatabase database, String name, CollectionOptions options,
      MVMap<Object, Document> documents, MVMap<String, Object> meta, CursorRegistry cursors) {
    super(database, name, options, documents, meta, cursors);
  }

  /** Opens the collection under the library's own map names, so that its files stay readable by it. */
  static EmbeddedCollection open(MongoDatabase database, String name, CollectionOptions options, MVStore store,
      CursorRegistry cursors) {
    String fullName = database.getDatabaseName() + "." + name;
    return new EmbeddedCollection(database, name, options, store.openMap("databases." + fullName),
        store.openMap("meta." + fullName), cursors);
  }

  // The library uses an index only when the query names its fields and nothing else: {_id, version} would scan.
  @Override
  protected QueryResult queryDocuments(Document query, Document orderBy, int skip, int limit, int batchSize,
      Document fields) {
    for (Index<Object> index : getIndexes()) {
      Document part = partFor(index, query);
      if (part == null) continue;
      Iterable<Object> positions = index.canHandle(part) ? index.getPositions(part) : positionsInRange(index, part);
      if (positions != null) return forUse(matchDocuments(query, positions, orderBy, skip, limit, batchSize, fields));
    }
    return forUse(super.queryDocuments(query, orderBy, skip, limit, batchSize, fields));
  }

  private static Document partFor(Index<Object> index, Document query) {
    Document part = new Document();
    for (IndexKey key : index.getKeys()) {
      if (!query.containsKey(key.getKey())) return null;
      part.put(key.getKey(), query.get(key.getKey()));
    }
    return part;
  }

  // {accountId, seq: {$gte, $lte}} looks up every whole number in between. Only ledger rows have a key of several fields, and
  // they are numbered 1, 2, 3; null for any other query.
  private static Iterable<Object> positionsInRange(Index<Object> index, Document part) {
    if (!index.isUnique() || index.getKeys().size() < 2) return null;
    String ranged = null;
    for (Map.Entry<String, Object> entry : part.entrySet()) {
      if (!(entry.getValue() instanceof Document)) continue;
      if (ranged != null) return null;
      ranged = entry.getKey();
    }
    if (ranged == null) return null;
    Document range = (Document) part.get(ranged);
    if (!range.keySet().equals(Set.of("$gte", "$lte"))) return null;
    if (!(range.get("$gte") instanceof Number from && range.get("$lte") instanceof Number to)) return null;
    long first = (long) Math.ceil(from.doubleValue());
    long last = (long) Math.floor(to.doubleValue());
    if (last - first >= LONGEST_RANGE) return null;
    List<Object> positions = new ArrayList<>();
    for (long each = first; each <= last; each += 1) {
      Document exact = new Document(part);
      exact.put(ranged, each);
      index.getPositions(exact).forEach(positions::add);
    }
    return positions;
  }

  // An update changes the document it found; were that the stored one, a reply still being written out to another
  // client would show half of the old and half of the new.
  private QueryResult forUse(QueryResult found) {
    if (!updating) return found;
    List<Document> copies = new ArrayList<>();
    for (Document document : found) copies.add(document.cloneDeeply());
    return new QueryResult(copies);
  }

  @Override
  public synchronized Document updateDocuments(Document selector, Document update, ArrayFilters filters,
      boolean isMulti, boolean isUpsert, Oplog oplog) {
    updating = true;
    try {
      return super.updateDocuments(selector, update, filters, isMulti, isUpsert, oplog);
    } finally {
      updating = false;
    }
  }

  @Override
  public synchronized Document findAndModify(Document query) {
    updating = true;
    try {
      return super.findAndModify(query);
    } finally {
      updating = false;
    }
  }
}
