// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

import dev.millrace.spi.connector.RowSink;
import dev.millrace.spi.connector.SinkContext;
import dev.millrace.spi.connector.SinkTransaction;
import dev.millrace.spi.connector.TableSink;
import dev.millrace.spi.connector.TransactionalSink;
import dev.millrace.spi.effect.EffectClass;
import dev.millrace.spi.row.ChangelogMode;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.RowType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.variable.Variables;

/**
 * Sets variables when the run commits.
 *
 * <p>BPMN leaves variables as they are when it compensates, and so do we: nothing is taken back.
 *
 * @param variable that takes all rows; empty if columns are variables
 */
record VariablesSink(RowType schema, Optional<String> variable) implements TableSink {
  private static final String JSON = "application/json";
  private static final String LIST = "java.util.ArrayList<java.util.LinkedHashMap>";

  @Override
  public ChangelogMode accepts() {
    return ChangelogMode.ALL;
  }

  @Override
  public EffectClass effectClass() {
    return EffectClass.NONE;
  }

  @Override
  public RowSink open(SinkContext context) {
    ProcessScope scope =
        context
            .services()
            .find(ProcessScope.class)
            .filter(each -> context.transactional())
            .orElseThrow(() -> ProcessErrors.noProcess(ProcessVariablesFactory.IDENTIFIER));
    RuntimeService runtime = context.services().get(ProcessEngine.class).getRuntimeService();
    return variable.isPresent()
        ? new AsList(schema, variable.get(), scope, runtime, context.maxStagedRows())
        : new AsVariables(schema, scope, runtime);
  }

  /** The row that is there in the end; if none is, its variables are null. */
  private static final class AsVariables implements TransactionalSink {
    private final RowType schema;
    private final ProcessScope scope;
    private final RuntimeService runtime;
    private Map<String, Object> last;

    AsVariables(RowType schema, ProcessScope scope, RuntimeService runtime) {
      this.schema = schema;
      this.scope = scope;
      this.runtime = runtime;
    }

    @Override
    public void write(RowBatch batch) {
      for (int row = 0; row < batch.size(); row++) {
        Map<String, Object> values = VariableValues.of(schema, batch, row);
        if (batch.kind(row).adds()) {
          last = values;
        } else if (values.equals(last)) {
          last = nothing();
        }
      }
    }

    private Map<String, Object> nothing() {
      Map<String, Object> nulls = new LinkedHashMap<>();
      schema.names().forEach(name -> nulls.put(name, null));
      return nulls;
    }

    @Override
    public void apply(SinkTransaction transaction) {
      if (last != null) {
        runtime.setVariables(scope.executionId(), last);
      }
    }

    @Override
    public void committed() {
      last = null;
    }
  }

  /** All rows that are there in the end, in the order in which they came. */
  private static final class AsList implements TransactionalSink {
    private final RowType schema;
    private final String variable;
    private final ProcessScope scope;
    private final RuntimeService runtime;
    private final long maxRows;
    private final List<Map<String, Object>> rows = new ArrayList<>();

    AsList(
        RowType schema, String variable, ProcessScope scope, RuntimeService runtime, long maxRows) {
      this.schema = schema;
      this.variable = variable;
      this.scope = scope;
      this.runtime = runtime;
      this.maxRows = maxRows;
    }

    @Override
    public void write(RowBatch batch) {
      for (int row = 0; row < batch.size(); row++) {
        Map<String, Object> values = VariableValues.of(schema, batch, row);
        if (!batch.kind(row).adds()) {
          int index = rows.lastIndexOf(values);
          if (index >= 0) {
            rows.remove(index);
          }
        } else if (rows.size() < maxRows) {
          rows.add(values);
        } else {
          throw ProcessErrors.stagedRows(maxRows);
        }
      }
    }

    /** A JSON object where the engine stores such, text elsewhere. */
    @Override
    public void apply(SinkTransaction transaction) {
      String text = Json.write(rows);
      Object value =
          scope.storesJson()
              ? Variables.serializedObjectValue(text)
                  .serializationDataFormat(JSON)
                  .objectTypeName(LIST)
                  .create()
              : VariableValues.text(variable, text);
      runtime.setVariable(scope.executionId(), variable, value);
    }

    @Override
    public void committed() {
      rows.clear();
    }
  }
}
