// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.error;

import java.util.List;
import java.util.stream.Collectors;

/** A script that is wrong, with every error found in it, in order of place. */
public final class ScriptException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<MillraceException> errors;

  public ScriptException(List<MillraceException> errors) {
    super(
        errors.stream().map(MillraceException::report).collect(Collectors.joining("\n")),
        errors.get(0));
    this.errors = List.copyOf(errors);
  }

  public List<MillraceException> errors() {
    return errors;
  }
}
