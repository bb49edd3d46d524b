// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

import dev.millrace.spi.connector.Boundedness;
import dev.millrace.spi.connector.RowSource;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.connector.TableSource;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.RowType;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.value.SerializableValue;
import org.camunda.bpm.engine.variable.value.TypedValue;

/**
 * Reads all it needs when it is opened.
 *
 * @param variable that holds the rows; empty if columns are variables
 */
record VariablesSource(RowType schema, Optional<String> variable) implements TableSource {
  private static final String JSON = "application/json";

  @Override
  public Boundedness boundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public RowSource open(SourceContext context) {
    ProcessScope scope =
        context
            .services()
            .find(ProcessScope.class)
            .orElseThrow(() -> ProcessErrors.noProcess(ProcessVariablesFactory.IDENTIFIER));
    RuntimeService runtime = context.services().get(ProcessEngine.class).getRuntimeService();
    List<?> rows =
        variable.isPresent()
            ? list(runtime, scope, variable.get())
            : List.of(oneRow(runtime, scope));
    return new Rows(rows.iterator(), variable.orElse("the variables"), context);
  }

  private Map<String, Object> oneRow(RuntimeService runtime, ProcessScope scope) {
    VariableMap typed = runtime.getVariablesTyped(scope.executionId(), schema.names(), false);
    Map<String, Object> row = new LinkedHashMap<>();
    for (String name : schema.names()) {
      row.put(name, plain(name, typed.getValueTyped(name)));
    }
    return row;
  }

  private static List<?> list(RuntimeService runtime, ProcessScope scope, String name) {
    Object value = plain(name, runtime.getVariableTyped(scope.executionId(), name, false));
    if (value instanceof String text) {
      value = parse(name, text);
    }
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      return list;
    }
    throw ProcessErrors.notAList(name, value);
  }

  private static Object parse(String name, String text) {
    try {
      return Json.read(text);
    } catch (IllegalArgumentException e) {
      throw ProcessErrors.notAList(name, text);
    }
  }

  /** The value; of an object stored as JSON, what the text says. Java objects are not read. */
  private static Object plain(String name, TypedValue typed) {
    if (typed instanceof SerializableValue stored && !stored.isDeserialized()) {
      if (stored.getValueSerialized() == null) {
        return null;
      }
      if (!JSON.equals(stored.getSerializationDataFormat())) {
        throw ProcessErrors.javaObject(name, stored.getSerializationDataFormat());
      }
      return parse(name, stored.getValueSerialized());
    }
    return typed == null ? null : typed.getValue();
  }

  private static final class Rows implements RowSource {
    private final Iterator<?> rows;
    private final String variable;
    private final SourceContext context;
    private int position;

    Rows(Iterator<?> rows, String variable, SourceContext context) {
      this.rows = rows;
      this.variable = variable;
      this.context = context;
    }

    @Override
    public Status poll(RowBatch batch) {
      while (rows.hasNext()) {
        if (batch.isFull()) {
          return Status.MORE;
        }
        append(batch, rows.next());
      }
      return Status.END;
    }

    private void append(RowBatch batch, Object element) {
      position++;
      try {
        if (!(element instanceof Map<?, ?> map)) {
          throw ProcessErrors.notAList(variable, element);
        }
        Map<String, Object> values = new LinkedHashMap<>();
        map.forEach((key, value) -> values.put(String.valueOf(key), value));
        Cells.append(batch, values);
      } catch (MillraceException e) {
        context.deadLetter(String.valueOf(element), variable + "[" + position + "]", e);
      }
    }
  }
}
