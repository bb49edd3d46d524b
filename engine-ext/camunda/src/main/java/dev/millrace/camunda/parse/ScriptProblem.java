// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.parse;

import dev.millrace.spi.error.Location;
import dev.millrace.spi.error.MillraceException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.camunda.bpm.engine.Problem;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * One thing wrong with a deployment, as the engine's REST interface reports it.
 *
 * @param error what; its place, if it has one, is in a script
 * @param model the model's element at fault; empty for a pipeline's script
 * @param file of the model or of the pipeline's script: known once all is parsed
 */
record ScriptProblem(MillraceException error, Optional<Element> model, Supplier<String> file)
    implements Problem {

  /** The file the line and column are of. */
  String resource() {
    return error.location().map(Location::file).orElseGet(file);
  }

  @Override
  public String getMessage() {
    return error.code().id() + ": " + error.getMessage();
  }

  @Override
  public int getLine() {
    return error.location().map(Location::line).or(() -> model.map(Element::getLine)).orElse(0);
  }

  @Override
  public int getColumn() {
    return error.location().map(Location::column).or(() -> model.map(Element::getColumn)).orElse(0);
  }

  @Override
  public String getMainElementId() {
    return model.map(element -> element.attribute("id")).orElse(null);
  }

  @Override
  public List<String> getElementIds() {
    return model.map(element -> List.of(element.attribute("id"))).orElse(List.of());
  }

  /** {@code reserve.sql | line 3 | column 17 | element ReserveStock | MR-SQL-004: …}. */
  String line() {
    StringBuilder text = new StringBuilder(resource());
    if (getLine() > 0) {
      text.append(" | line ").append(getLine()).append(" | column ").append(getColumn());
    }
    if (getMainElementId() != null) {
      text.append(" | element ").append(getMainElementId());
    }
    return text.append(" | ").append(getMessage()).toString();
  }
}
