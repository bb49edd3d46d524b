// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

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
import dev.millrace.spi.type.RowType;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.ProcessEngine;

/**
 * Starts instances in the transaction of the commit. A row whose start fails becomes a dead letter,
 * or fails the run, and takes no other along.
 *
 * @param businessKey its column, if there is one; no variable
 * @param unique what a process is started at most once for
 */
record ProcessStartSink(
    String table,
    RowType schema,
    String definitionKey,
    Optional<KeyColumn> businessKey,
    UniqueStart unique)
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

  /** The run that started an instance is told of it, and it may be cancelled. */
  @Override
  public boolean isJournaled() {
    return true;
  }

  @Override
  public RowSink open(SinkContext context) {
    if (!context.transactional() || context.services().find(ProcessEngine.class).isEmpty()) {
      throw ProcessErrors.noEngine(ProcessStartFactory.IDENTIFIER);
    }
    return new Starter(context);
  }

  private final class Starter implements TransactionalSink {
    private final EngineCalls calls;
    private final StartedKeys startedKeys;
    private final TouchedInstances touched;
    private final StagedRows staged;
    private final Isolation isolation;
    private final Definition definition;
    private final StartedKeys.Scope scope;
    private final String source;

    Starter(SinkContext context) {
      ProcessEngine engine = context.services().get(ProcessEngine.class);
      Origin origin = Origin.of(context.services());
      Optional<String> tenant = origin.tenant();
      source = unique.source(origin, table);
      calls = context.services().get(EngineCalls.class);
      startedKeys = context.services().get(StartedKeys.class);
      touched = context.services().find(TouchedInstances.class).orElse(TouchedInstances.IGNORED);
      staged = new StagedRows(schema, context);
      definition = new Definition(engine, definitionKey, tenant);
      scope = new StartedKeys.Scope(definitionKey, tenant, unique.by());
      isolation = new Isolation(calls, this::start, this::putAside);
    }

    @Override
    public void write(RowBatch batch) {
      staged.add(batch);
    }

    @Override
    public void apply(SinkTransaction transaction) throws Exception {
      isolation.apply(staged.remaining());
    }

    /** What the database refuses when all is written is no error of ours yet. */
    private void putAside(Row row, Exception cause) {
      staged.putAside(
          row,
          cause instanceof MillraceException
              ? cause
              : ProcessErrors.startFailed(definitionKey, cause));
    }

    private void start(List<Row> rows) throws Exception {
      Map<Row, String> keys = keys(rows);
      Set<String> taken =
          keys.isEmpty()
              ? Set.of()
              : new HashSet<>(
                  startedKeys.known(calls.connection(), scope, Set.copyOf(keys.values())));
      Map<String, String> started = new LinkedHashMap<>();
      for (Row row : rows) {
        if (row.isAside()) {
          continue;
        }
        String key = keys.get(row);
        if (key == null || taken.add(key)) {
          start(row).ifPresent(id -> started.put(key == null ? id : key, id));
        } else if (unique.refusesDuplicates()) {
          staged.putAside(row, ProcessErrors.alreadyStarted(definitionKey, unique.describe(key)));
        }
      }
      started.values().forEach(touched::started);
      if (!keys.isEmpty()) {
        startedKeys.add(calls.connection(), scope, started);
      }
    }

    /** The keys rows must not share; a row without one is put aside. */
    private Map<Row, String> keys(List<Row> rows) {
      Map<Row, String> keys = new LinkedHashMap<>();
      if (unique.by() != Uniqueness.NONE) {
        for (Row row : rows) {
          try {
            keys.put(row, unique.key(row, source));
          } catch (MillraceException e) {
            staged.putAside(row, e);
          }
        }
      }
      return keys;
    }

    private Optional<String> start(Row row) {
      Map<String, Object> variables;
      String key = null;
      try {
        variables = VariableValues.of(schema, row.batch(), row.index());
        if (businessKey.isPresent()) {
          key = businessKey.get().value(row.batch(), row.index());
          variables.remove(businessKey.get().name());
        }
      } catch (MillraceException e) {
        staged.putAside(row, e);
        return Optional.empty();
      }
      try {
        return Optional.of(definition.start(key, variables));
      } catch (RuntimeException e) {
        throw failed(row, e);
      }
    }

    private RuntimeException failed(Row row, RuntimeException failure) {
      if (calls.isForeign(failure)) {
        return new RowFailure(row, ProcessErrors.startFailedForNow(definitionKey, failure));
      }
      return calls.isCollision(failure)
          ? failure
          : new RowFailure(row, ProcessErrors.startFailed(definitionKey, failure));
    }

    @Override
    public void committed() {
      staged.clear();
      isolation.committed();
    }
  }
}
