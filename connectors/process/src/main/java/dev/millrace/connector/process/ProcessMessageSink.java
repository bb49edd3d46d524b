// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

import dev.millrace.connector.process.MessageDesk.Outcome;
import dev.millrace.connector.process.StagedRows.Row;
import dev.millrace.spi.connector.Origin;
import dev.millrace.spi.connector.RowSink;
import dev.millrace.spi.connector.SinkContext;
import dev.millrace.spi.connector.SinkTransaction;
import dev.millrace.spi.connector.TableSink;
import dev.millrace.spi.connector.TransactionalSink;
import dev.millrace.spi.effect.EffectClass;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.row.ChangelogMode;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.RowValues;
import dev.millrace.spi.type.RowType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.ProcessEngine;

/**
 * Correlates messages in the transaction of the commit. A message that may wait is kept in the
 * inbox if nobody can take it now; one that may not becomes a dead letter, or fails the run. None
 * takes another along.
 *
 * @param correlation columns compared with variables; all others are sent along
 */
record ProcessMessageSink(
    String table,
    RowType schema,
    String message,
    Optional<KeyColumn> key,
    List<String> correlation,
    Patience patience)
    implements TableSink {
  @Override
  public ChangelogMode accepts() {
    return ChangelogMode.INSERT_ONLY;
  }

  /** What a process made of a message cannot be taken back. */
  @Override
  public EffectClass effectClass() {
    return EffectClass.FINAL;
  }

  @Override
  public RowSink open(SinkContext context) {
    if (!context.transactional() || context.services().find(ProcessEngine.class).isEmpty()) {
      throw ProcessErrors.noEngine(ProcessMessageFactory.IDENTIFIER);
    }
    return new Sender(context);
  }

  private final class Sender implements TransactionalSink {
    private final MessageDesk desk;
    private final Origin origin;
    private final EngineCalls calls;
    private final TouchedInstances touched;
    private final StagedRows staged;
    private final Isolation isolation;

    /** Messages that failed with a process and wait for another attempt. */
    private final Map<Row, RuntimeException> failed = new IdentityHashMap<>();

    Sender(SinkContext context) {
      desk = context.services().get(MessageDesk.class);
      origin = Origin.of(context.services());
      calls = context.services().get(EngineCalls.class);
      touched = context.services().find(TouchedInstances.class).orElse(TouchedInstances.IGNORED);
      staged = new StagedRows(schema, context);
      isolation = new Isolation(calls, this::send, this::putAside);
    }

    @Override
    public void write(RowBatch batch) {
      staged.add(batch);
    }

    @Override
    public void apply(SinkTransaction transaction) throws Exception {
      isolation.apply(staged.remaining());
    }

    private void putAside(Row row, Exception cause) {
      if (patience.waits() && !failed.containsKey(row)) {
        failed.put(
            row,
            cause instanceof RuntimeException known
                ? known
                : ProcessErrors.correlationFailed(message, cause));
      } else {
        staged.putAside(
            row,
            cause instanceof MillraceException
                ? cause
                : ProcessErrors.correlationFailed(message, cause));
      }
    }

    private void send(List<Row> rows) {
      List<Row> sent = new ArrayList<>(rows.size());
      List<MessageDesk.Submission> submissions = new ArrayList<>(rows.size());
      for (Row row : rows) {
        try {
          submissions.add(
              new MessageDesk.Submission(message(row), Optional.ofNullable(failed.get(row))));
          sent.add(row);
        } catch (MillraceException e) {
          staged.putAside(row, e);
        }
      }
      List<Outcome> outcomes;
      try {
        outcomes = desk.send(origin, submissions);
      } catch (MessageDesk.Undeliverable e) {
        throw undeliverable(sent.get(e.index()), e.failure());
      }
      for (int i = 0; i < outcomes.size(); i++) {
        became(outcomes.get(i), sent.get(i), submissions.get(i).message());
      }
    }

    private RuntimeException undeliverable(Row row, RuntimeException failure) {
      if (calls.isForeign(failure) && !patience.waits()) {
        return new RowFailure(row, ProcessErrors.correlationFailedForNow(message, failure));
      }
      // what may wait in the inbox is tried again from there
      return calls.isForeign(failure) || !calls.isCollision(failure)
          ? new RowFailure(row, ProcessErrors.correlationFailed(message, failure))
          : failure;
    }

    private void became(Outcome outcome, Row row, Message sent) {
      if (outcome instanceof Outcome.Delivered delivered) {
        touched.advanced(delivered.processInstanceId());
      } else if (outcome instanceof Outcome.Started started) {
        touched.started(started.processInstanceId());
      } else if (outcome instanceof Outcome.Unexpected) {
        staged.putAside(row, ProcessErrors.notCorrelated(sent));
      } else if (outcome instanceof Outcome.Ambiguous ambiguous) {
        staged.putAside(row, ProcessErrors.correlatedTwice(sent, ambiguous.receivers()));
      }
    }

    private Message message(Row row) {
      Map<String, Object> variables = VariableValues.of(schema, row.batch(), row.index());
      Optional<String> businessKey = key.map(column -> businessKey(column, row));
      key.ifPresent(column -> variables.remove(column.name()));
      Map<String, Object> compared = new LinkedHashMap<>();
      correlation.forEach(name -> compared.put(name, variables.remove(name)));
      return new Message(message, businessKey, compared, variables, patience, sent(row));
    }

    private Optional<Message.Sent> sent(Row row) {
      if (!patience.waits() || patience.onExpiry() != Patience.OnExpiry.DEAD_LETTER) {
        return Optional.empty();
      }
      Map<String, Object> values = new LinkedHashMap<>();
      for (int column = 0; column < schema.size(); column++) {
        values.put(schema.name(column), RowValues.get(row.batch(), row.index(), column));
      }
      return Optional.of(new Message.Sent(table, values));
    }

    private String businessKey(KeyColumn column, Row row) {
      String value = column.value(row.batch(), row.index());
      if (value == null) {
        throw ProcessErrors.nullKey(column.name());
      }
      return value;
    }

    @Override
    public void committed() {
      staged.clear();
      failed.clear();
      isolation.committed();
    }
  }
}
