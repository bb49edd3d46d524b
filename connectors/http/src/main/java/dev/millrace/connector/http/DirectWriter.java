// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http;

import dev.millrace.connector.http.client.Answer;
import dev.millrace.connector.http.client.Call;
import dev.millrace.connector.http.client.HttpCaller;
import dev.millrace.connector.http.client.HttpErrors;
import dev.millrace.spi.connector.RowSink;
import dev.millrace.spi.connector.SinkContext;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.format.MessageEncoder;
import dev.millrace.spi.row.RowBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Sends requests as rows come, where there is no transaction to wait for. Single-threaded. A
 * request that is sent again has the key it had; a run that is started again has new ones.
 */
final class DirectWriter implements RowSink {
  private final HttpSink sink;
  private final Requests requests;
  private final SinkContext context;
  private final HttpCaller caller;
  private final MessageEncoder encoder;
  private final String run = UUID.randomUUID().toString();
  private final RowBatch pending;
  private final List<byte[]> encoded = new ArrayList<>();
  private long sent;

  DirectWriter(HttpSink sink, SinkContext context, HttpCaller caller) {
    this.sink = sink;
    this.context = context;
    this.caller = caller;
    requests = sink.requests();
    encoder = requests.encoder();
    pending = new RowBatch(requests.schema(), requests.maxRows());
  }

  @Override
  public void write(RowBatch batch) throws IOException, InterruptedException {
    for (int row = 0; row < batch.size(); row++) {
      encoded.add(Requests.encode(encoder, batch, row));
      pending.addCopy(batch, row, batch.kind(row));
      if (pending.isFull()) {
        flush();
      }
    }
  }

  @Override
  public void flush() throws IOException, InterruptedException {
    if (pending.isEmpty()) {
      return;
    }
    try {
      Call call = requests.request(requests.path(pending, 0), encoded).call(run + "-" + ++sent);
      Answer answer = caller.send(call, sink.backoff());
      if (!answer.isSuccess()) {
        throw Refusals.isFinal(answer) && requests.onRefusal() == HttpOptions.Refusal.DEAD_LETTER
            ? HttpErrors.rowRefused(caller.name(call), answer)
            : HttpErrors.refused(caller.name(call), answer);
      }
    } catch (MillraceException e) {
      switch (e.category()) {
        case DATA -> deadLetters(e);
        case SQL, CONNECTOR, RESOURCE, INTERNAL -> throw e;
      }
    }
    pending.clear();
    encoded.clear();
  }

  private void deadLetters(MillraceException cause) {
    for (int row = 0; row < pending.size(); row++) {
      context.deadLetter(pending, row, cause);
    }
  }

  @Override
  public void finish() throws IOException, InterruptedException {
    flush();
  }

  @Override
  public void close() throws IOException {
    caller.close();
  }
}
