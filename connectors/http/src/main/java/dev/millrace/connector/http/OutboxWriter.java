// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http;

import dev.millrace.connector.http.client.HttpErrors;
import dev.millrace.spi.connector.SinkContext;
import dev.millrace.spi.connector.SinkTransaction;
import dev.millrace.spi.connector.TransactionalSink;
import dev.millrace.spi.effect.Effect;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.format.MessageEncoder;
import dev.millrace.spi.outbox.OutboxTarget;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.RowValues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Stages rows, and commits the intent to send their requests: they are sent after the commit, in
 * order. Single-threaded.
 */
final class OutboxWriter implements TransactionalSink {
  private static final int MAX_TARGET_CHARS = 255;

  private final HttpSink sink;
  private final Requests requests;
  private final SinkContext context;
  private final MessageEncoder encoder;
  private final List<Staged> staged = new ArrayList<>();
  private int appliedRows;

  /**
   * A row to be sent.
   *
   * @param effect for the journal; null if the request cannot be taken back
   */
  @SuppressWarnings("ArrayRecordComponent") // not compared
  private record Staged(String path, byte[] encoded, Effect effect) {}

  OutboxWriter(HttpSink sink, SinkContext context) {
    this.sink = sink;
    this.context = context;
    requests = sink.requests();
    encoder = requests.encoder();
  }

  @Override
  public void write(RowBatch batch) throws IOException {
    for (int row = 0; row < batch.size(); row++) {
      if (staged.size() >= context.maxStagedRows()) {
        throw HttpErrors.tooManyStaged(sink.table(), context.maxStagedRows());
      }
      try {
        staged.add(stage(batch, row));
      } catch (MillraceException e) {
        context.deadLetter(batch, row, e);
      }
    }
  }

  private Staged stage(RowBatch batch, int row) throws IOException {
    byte[] encoded = Requests.encode(encoder, batch, row);
    String path = requests.path(batch, row);
    Effect effect =
        requests.inverse().isEmpty()
            ? null
            : effect(path, values(batch, row), requests.inverseOf(batch, row, encoded));
    return new Staged(path, encoded, effect);
  }

  private Map<String, Object> values(RowBatch batch, int row) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int column = 0; column < requests.schema().size(); column++) {
      values.put(requests.schema().name(column), RowValues.get(batch, row, column));
    }
    return values;
  }

  private Effect effect(String path, Map<String, Object> row, SinkRequest inverse) {
    return new Effect(
        HttpUndoer.CONNECTOR,
        sink.connection(),
        target(),
        row,
        Optional.empty(),
        Optional.of(HttpUndoer.image(requests.method() + " " + path, inverse)),
        Set.of(),
        Map.of());
  }

  /** {@code PUT /orders/{id}}: a table's name, for journal and lineage. */
  private String target() {
    String text = requests.method() + " " + requests.path();
    return text.substring(0, Math.min(text.length(), MAX_TARGET_CHARS));
  }

  @Override
  public void apply(SinkTransaction transaction) {
    OutboxTarget target = new OutboxTarget(HttpAddress.KIND, sink.connection());
    for (int from = 0; from < staged.size(); from += requests.maxRows()) {
      List<Staged> some = staged.subList(from, Math.min(from + requests.maxRows(), staged.size()));
      SinkRequest request =
          requests.request(some.get(0).path(), some.stream().map(Staged::encoded).toList());
      transaction.outbox().append(target, request.record(sink.table()));
    }
    if (transaction.outbox().runId().isPresent() && requests.inverse().isPresent()) {
      staged.forEach(row -> transaction.journal().append(row.effect()));
    }
    appliedRows = staged.size();
  }

  @Override
  public void committed() {
    staged.subList(0, appliedRows).clear();
    appliedRows = 0;
  }
}
