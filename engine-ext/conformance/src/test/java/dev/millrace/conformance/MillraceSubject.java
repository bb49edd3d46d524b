// SPDX-License-Identifier: Apache-2.0
package dev.millrace.conformance;

import dev.millrace.engine.LocalStreamEngine;
import dev.millrace.engine.RunRequest;
import dev.millrace.engine.StreamEngine;
import dev.millrace.plan.Plan;
import dev.millrace.spi.connector.ConnectorFactory;
import dev.millrace.spi.connector.FileRoots;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.format.FormatFactory;
import dev.millrace.spi.type.RowType;
import dev.millrace.sql.ScriptPlanner;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** Runs scripts on Millrace. */
final class MillraceSubject {
  private static final String VIEW = "results_view";

  private final Services services = Services.none().with(FileRoots.class, Path::of);
  private final ScriptPlanner planner =
      new ScriptPlanner(all(ConnectorFactory.class), all(FormatFactory.class), services);
  private final StreamEngine engine = new LocalStreamEngine(planner::plan, Clock.systemUTC());

  private static <T> List<T> all(Class<T> service) {
    return ServiceLoader.load(service).stream().map(ServiceLoader.Provider::get).toList();
  }

  /**
   * @param resultDeclaration the CREATE TABLE of {@code results}, if the script leaves it out
   */
  Outcome run(Script script, Optional<String> resultDeclaration, int lanes) {
    String text = resultDeclaration.map(script::textWith).orElse(script.text());
    try (PrintedRows printed = new PrintedRows()) {
      Plan plan = engine.validate(script.name() + ".sql", text);
      engine.run(plan, RunRequest.standalone().withServices(services).withLanes(lanes));
      return Outcome.printed(printed.text());
    } catch (Exception e) {
      return Outcome.failed(e);
    }
  }

  /**
   * The columns of the query that is inserted into {@code results}, name and type as DESCRIBE
   * writes them; empty without one.
   */
  List<String> types(Script script) {
    return script
        .resultView(VIEW)
        .map(text -> planner.describe(script.name() + ".sql", text, VIEW))
        .map(RowType::columns)
        .orElse(List.of())
        .stream()
        .map(column -> column.name() + " " + column.type())
        .toList();
  }
}
