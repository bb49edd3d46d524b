// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

import dev.millrace.spi.connector.CommitAgainException;
import dev.millrace.spi.connector.RowSink;
import dev.millrace.spi.connector.SinkContext;
import dev.millrace.spi.connector.SinkTransaction;
import dev.millrace.spi.connector.TableSink;
import dev.millrace.spi.connector.TransactionalSink;
import dev.millrace.spi.effect.EffectClass;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.row.ChangelogMode;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.RowType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.MessageCorrelationBuilder;

/**
 * Correlates messages in the transaction of the commit. A message without exactly one subscriber
 * becomes a dead letter, or fails the run, and takes no other along.
 *
 * @param correlation columns compared with variables; all others are sent along
 */
record ProcessMessageSink(
    RowType schema, String message, Optional<KeyColumn> key, List<String> correlation)
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
    ProcessEngine engine =
        context
            .services()
            .find(ProcessEngine.class)
            .filter(each -> context.transactional())
            .orElseThrow(() -> ProcessErrors.noEngine(ProcessMessageFactory.IDENTIFIER));
    return new Sender(engine, new StagedRows(schema, context));
  }

  private final class Sender implements TransactionalSink {
    private final ProcessEngine engine;
    private final StagedRows staged;

    Sender(ProcessEngine engine, StagedRows staged) {
      this.engine = engine;
      this.staged = staged;
    }

    @Override
    public void write(RowBatch batch) {
      staged.add(batch);
    }

    @Override
    public void apply(SinkTransaction transaction) {
      staged.forEach(this::send);
    }

    private void send(StagedRows.Row row) {
      Map<String, Object> values;
      String businessKey;
      try {
        values = VariableValues.of(row.batch(), row.index());
        businessKey = businessKey(row, values);
      } catch (MillraceException e) {
        staged.putAside(row, e);
        return;
      }
      String by = describe(businessKey, values);
      int receivers;
      try {
        receivers = correlation(businessKey, values).correlateAllWithResult().size();
      } catch (OptimisticLockingException e) {
        throw e;
      } catch (RuntimeException e) {
        staged.putAside(row, ProcessErrors.correlationFailed(message, e));
        throw new CommitAgainException(e);
      }
      if (receivers == 0) {
        staged.putAside(row, ProcessErrors.notCorrelated(message, by));
      } else if (receivers > 1) {
        MillraceException twice = ProcessErrors.correlatedTwice(message, by, receivers);
        staged.putAside(row, twice);
        throw new CommitAgainException(twice);
      }
    }

    private String businessKey(StagedRows.Row row, Map<String, Object> values) {
      if (key.isEmpty()) {
        return null;
      }
      String value = key.get().value(row.batch(), row.index());
      if (value == null) {
        throw ProcessErrors.nullKey(key.get().name());
      }
      values.remove(key.get().name());
      return value;
    }

    private MessageCorrelationBuilder correlation(String businessKey, Map<String, Object> values) {
      MessageCorrelationBuilder builder =
          engine.getRuntimeService().createMessageCorrelation(message);
      if (businessKey != null) {
        builder.processInstanceBusinessKey(businessKey);
      }
      values.forEach(
          (name, value) -> {
            if (correlation.contains(name)) {
              builder.processInstanceVariableEquals(name, value);
            } else {
              builder.setVariable(name, value);
            }
          });
      return builder;
    }

    private String describe(String businessKey, Map<String, Object> values) {
      StringBuilder text = new StringBuilder();
      if (businessKey != null) {
        text.append("business key '").append(businessKey).append("' ");
      }
      correlation.forEach(
          name -> text.append(name).append(" = '").append(values.get(name)).append("' "));
      return text.toString().strip();
    }

    @Override
    public void committed() {
      staged.clear();
    }
  }
}
