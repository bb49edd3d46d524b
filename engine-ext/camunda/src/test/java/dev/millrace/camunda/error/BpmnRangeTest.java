// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.error.MillraceException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BpmnRangeTest {
  private static final Map<Class<?>, Object> SAMPLES =
      Map.of(
          String.class,
          "a",
          int.class,
          1,
          long.class,
          1L,
          boolean.class,
          true,
          Collection.class,
          List.of("a"),
          Instant.class,
          Instant.EPOCH,
          Path.class,
          Path.of("a"),
          SQLException.class,
          new SQLException("a"),
          Throwable.class,
          new IllegalStateException("a"));

  /**
   * Of another kind of error than the number was given to, a caller would draw wrong conclusions.
   */
  @Test
  void noNumberIsUsedTwice() throws Exception {
    Map<String, List<String>> errorsByCode = new TreeMap<>();
    for (Class<?> catalogue : catalogues()) {
      for (Method method : catalogue.getDeclaredMethods()) {
        if (method.getReturnType() == MillraceException.class) {
          errorsByCode
              .computeIfAbsent(code(method), code -> new ArrayList<>())
              .add(catalogue.getSimpleName() + "." + method.getName());
        }
      }
    }
    assertThat(errorsByCode)
        .containsKeys("MR-BPMN-001", "MR-BPMN-024", "MR-BPMN-047", "MR-BPMN-071", "MR-BPMN-091")
        .allSatisfy((code, errors) -> assertThat(errors).as(code).hasSize(1));
  }

  private static String code(Method error) throws ReflectiveOperationException {
    error.setAccessible(true);
    Object[] samples = Arrays.stream(error.getParameterTypes()).map(SAMPLES::get).toArray();
    return ((MillraceException) error.invoke(null, samples)).code().id();
  }

  private static List<Class<?>> catalogues() throws Exception {
    Path root =
        Path.of(BpmnRange.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<Class<?>> catalogues = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(each -> each.toString().endsWith("Errors.class")).toList()) {
        String name = root.relativize(file).toString();
        catalogues.add(
            Class.forName(
                name.substring(0, name.length() - ".class".length())
                    .replace(file.getFileSystem().getSeparator(), ".")));
      }
    }
    return catalogues;
  }
}
