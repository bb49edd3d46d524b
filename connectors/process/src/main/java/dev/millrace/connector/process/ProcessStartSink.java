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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;

/**
 * Starts instances in the transaction of the commit. A row whose start fails becomes a dead letter,
 * or fails the run, and takes no other along.
 *
 * @param unique by business key
 */
record ProcessStartSink(
    RowType schema, String definitionKey, Optional<KeyColumn> key, boolean unique)
    implements TableSink {
  @Override
  public ChangelogMode accepts() {
    return ChangelogMode.INSERT_ONLY;
  }

  /** A started process goes its own way. */
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
            .orElseThrow(() -> ProcessErrors.noEngine(ProcessStartFactory.IDENTIFIER));
    return new Starter(engine, new StagedRows(schema, context));
  }

  private final class Starter implements TransactionalSink {
    private static final int KEYS_PER_QUERY = 500;

    private final ProcessEngine engine;
    private final StagedRows staged;

    Starter(ProcessEngine engine, StagedRows staged) {
      this.engine = engine;
      this.staged = staged;
    }

    @Override
    public void write(RowBatch batch) {
      staged.add(batch);
    }

    @Override
    public void apply(SinkTransaction transaction) {
      Set<String> taken = unique ? startedBefore() : Set.of();
      staged.forEach(row -> start(row, taken));
    }

    private void start(StagedRows.Row row, Set<String> taken) {
      Map<String, Object> variables;
      String businessKey = null;
      try {
        variables = VariableValues.of(row.batch(), row.index());
        if (key.isPresent()) {
          businessKey = businessKey(row, taken);
          variables.remove(key.get().name());
        }
      } catch (MillraceException e) {
        staged.putAside(row, e);
        return;
      }
      try {
        engine.getRuntimeService().startProcessInstanceByKey(definitionKey, businessKey, variables);
      } catch (OptimisticLockingException e) {
        throw e;
      } catch (RuntimeException e) {
        staged.putAside(row, ProcessErrors.startFailed(definitionKey, e));
        throw new CommitAgainException(e);
      }
    }

    private String businessKey(StagedRows.Row row, Set<String> taken) {
      String value = key.orElseThrow().value(row.batch(), row.index());
      if (unique) {
        if (value == null) {
          throw ProcessErrors.nullKey(key.orElseThrow().name());
        }
        if (!taken.add(value)) {
          throw ProcessErrors.alreadyStarted(definitionKey, value);
        }
      }
      return value;
    }

    private Set<String> startedBefore() {
      List<String> keys = new ArrayList<>();
      staged.forEach(
          row -> {
            String value = key.orElseThrow().value(row.batch(), row.index());
            if (value != null) {
              keys.add(value);
            }
          });
      Set<String> started = new HashSet<>();
      for (int from = 0; from < keys.size(); from += KEYS_PER_QUERY) {
        query(keys.subList(from, Math.min(keys.size(), from + KEYS_PER_QUERY)), started);
      }
      return started;
    }

    /** History knows finished instances too; without history, only running ones are known. */
    private void query(List<String> keys, Set<String> started) {
      boolean history =
          !ProcessEngineConfiguration.HISTORY_NONE.equals(
              engine.getProcessEngineConfiguration().getHistory());
      if (history) {
        engine
            .getHistoryService()
            .createHistoricProcessInstanceQuery()
            .processDefinitionKey(definitionKey)
            .processInstanceBusinessKeyIn(keys.toArray(String[]::new))
            .list()
            .forEach(instance -> started.add(instance.getBusinessKey()));
        return;
      }
      for (String each : keys) {
        if (engine
                .getRuntimeService()
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(each, definitionKey)
                .count()
            > 0) {
          started.add(each);
        }
      }
    }

    @Override
    public void committed() {
      staged.clear();
    }
  }
}
