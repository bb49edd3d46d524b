// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import dev.millrace.plan.expression.Expression;
import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.ErrorCode;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.type.DataType;
import java.util.List;
import java.util.stream.Collectors;

/** The failures of this package. */
final class CodegenErrors {
  private static final ErrorCode FUNCTION = ErrorCode.of("EXPR", ErrorCategory.SQL, 1);
  private static final ErrorCode ARGUMENTS = ErrorCode.of("EXPR", ErrorCategory.SQL, 2);
  private static final ErrorCode CAST = ErrorCode.of("EXPR", ErrorCategory.SQL, 3);
  private static final ErrorCode ARGUMENT = ErrorCode.of("EXPR", ErrorCategory.SQL, 4);
  private static final ErrorCode NOT_COMPILED = ErrorCode.of("EXPR", ErrorCategory.INTERNAL, 5);

  private static final ErrorCode DEPTH = ErrorCode.of("EXPR", ErrorCategory.SQL, 6);

  private CodegenErrors() {}

  static MillraceException functionNotSupported(Expression.Call call) {
    return new MillraceException(
        FUNCTION,
        "function " + call.function() + " is not supported; rewrite the query without it");
  }

  static MillraceException argumentsNotSupported(Expression.Call call) {
    return new MillraceException(
        ARGUMENTS,
        "function %s does not take (%s); cast the arguments to types it takes"
            .formatted(call.function(), types(call.arguments())));
  }

  static MillraceException argumentNotSupported(Expression.Call call, String reason) {
    return new MillraceException(
        ARGUMENT, "function %s cannot be used here: %s".formatted(call.function(), reason));
  }

  static MillraceException castNotSupported(DataType from, DataType to) {
    return new MillraceException(
        CAST, "cannot cast %s to %s; cast by way of a third type".formatted(from, to));
  }

  static MillraceException notCompiled(String source, Exception cause) {
    String found = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return new MillraceException(
        NOT_COMPILED,
        "generated code of %d characters was not compiled: %s".formatted(source.length(), found),
        cause);
  }

  static MillraceException nestedTooDeeply() {
    return new MillraceException(
        DEPTH, "an expression is nested too deeply; write it with fewer operations in each other");
  }

  private static String types(List<Expression> arguments) {
    return arguments.stream().map(a -> a.type().toString()).collect(Collectors.joining(", "));
  }
}
