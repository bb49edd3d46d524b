// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql;

import dev.millrace.plan.Plan;
import dev.millrace.spi.connector.ConnectorFactory;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.error.Location;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.error.ScriptException;
import dev.millrace.spi.format.FormatFactory;
import dev.millrace.spi.type.RowType;
import dev.millrace.sql.catalog.Connectors;
import dev.millrace.sql.error.SqlErrors;
import dev.millrace.sql.script.Failures;
import dev.millrace.sql.script.Script;
import dev.millrace.sql.script.Statement;
import java.util.Collection;
import java.util.List;

/** Turns scripts into plans. Stateless; thread-safe. */
public final class ScriptPlanner {
  private final Connectors connectors;

  /**
   * @param services what the host offers connectors at validation
   */
  public ScriptPlanner(
      Collection<ConnectorFactory> connectors,
      Collection<FormatFactory> formats,
      Services services) {
    this.connectors = new Connectors(connectors, formats, services);
  }

  /**
   * Validates a script completely; opens nothing.
   *
   * @param scriptName as the user knows it, for messages
   * @throws ScriptException with all errors found
   */
  public Plan plan(String scriptName, String sql) {
    Failures failures = new Failures();
    Session session = run(scriptName, sql, failures);
    if (failures.isEmpty() && !session.writes()) {
      failures.add(SqlErrors.writesNothing(new Location(scriptName, 1, 1)));
    }
    failures.throwIfAny();
    try {
      session.followMasks();
    } catch (MillraceException e) {
      throw new ScriptException(List.of(e));
    }
    return session.plan();
  }

  /**
   * The columns of a table or view, as DESCRIBE shows them.
   *
   * @param sql declares it; need not write anything
   * @throws ScriptException with all errors found, or if nothing of that name is declared
   */
  public RowType describe(String scriptName, String sql, String name) {
    Failures failures = new Failures();
    Session session = run(scriptName, sql, failures);
    failures.throwIfAny();
    return session
        .describe(name)
        .orElseThrow(
            () ->
                new ScriptException(
                    List.of(SqlErrors.notDeclared(new Location(scriptName, 1, 1), name))));
  }

  private Session run(String scriptName, String sql, Failures failures) {
    Session session = new Session(scriptName, connectors, failures);
    for (Statement statement : split(scriptName, sql)) {
      failures.attempt(statement, () -> session.run(statement));
    }
    return session;
  }

  private static List<Statement> split(String scriptName, String sql) {
    try {
      return Script.split(scriptName, sql);
    } catch (MillraceException e) {
      throw new ScriptException(List.of(e));
    }
  }
}
