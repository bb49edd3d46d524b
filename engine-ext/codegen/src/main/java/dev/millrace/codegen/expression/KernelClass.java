// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The source of one generated class as it grows: constants, fields and methods. */
final class KernelClass {
  static final String PACKAGE = "dev.millrace.generated";

  /** Beyond these, constants are read from the array, which keeps the constructor small. */
  private static final int MAX_CONSTANT_FIELDS = 1000;

  private final String header;
  private final String name;
  private final String kernel;
  private final List<Object> constants = new ArrayList<>();
  private final Map<Object, String> constantNames = new HashMap<>();
  private final StringBuilder fields = new StringBuilder();
  private final StringBuilder assignments = new StringBuilder();
  private final StringBuilder methods = new StringBuilder();
  private int names;
  private boolean usesZone;

  /**
   * @param header what the class stands for; never text of the user
   * @param kernel the interface it implements
   */
  KernelClass(String header, String name, Class<?> kernel) {
    this.header = header;
    this.name = name;
    this.kernel = kernel.getSimpleName();
  }

  String fresh(String prefix) {
    return prefix + names++;
  }

  /** How generated code names a constant object of the kernel. */
  String constant(Object value, String javaName) {
    return constantNames.computeIfAbsent(value, v -> declareConstant(v, javaName));
  }

  private String declareConstant(Object value, String javaName) {
    int index = constants.size();
    constants.add(value);
    String read = "(" + javaName + ") constants[" + index + "]";
    if (index >= MAX_CONSTANT_FIELDS) {
      return "(" + read + ")";
    }
    fields.append("  private final ").append(javaName).append(" k").append(index).append(";\n");
    assignments.append("    this.k").append(index).append(" = ").append(read).append(";\n");
    return "k" + index;
  }

  /** An object of a class of functions, for one call of the query. */
  String state(String className) {
    String name = fresh("s");
    fields.append("  private final %s %s = new %s();\n".formatted(className, name, className));
    return name;
  }

  /** The session's zone and clock. */
  String zone() {
    if (!usesZone) {
      usesZone = true;
      fields.append("  private final SessionZone zone;\n");
      assignments.append("    this.zone = new SessionZone(context.clock(), context.zone());\n");
    }
    return "zone";
  }

  void field(String declaration) {
    fields.append("  private ").append(declaration).append(";\n");
  }

  void method(String signature, CharSequence body) {
    methods.append("\n  ").append(signature).append(" {\n").append(body).append("  }\n");
  }

  String qualifiedName() {
    return PACKAGE + "." + name;
  }

  Object[] constants() {
    return constants.toArray();
  }

  String source() {
    return "package "
        + PACKAGE
        + ";\n\nimport dev.millrace.runtime.function.*;\nimport dev.millrace.runtime.kernel.*;\n"
        + "import dev.millrace.spi.row.RowBatch;\nimport java.math.BigDecimal;\n\n// "
        + header
        + "\npublic final class "
        + name
        + " implements "
        + kernel
        + " {\n  private final Object[] constants;\n"
        + fields
        + "\n  public "
        + name
        + "(Object[] constants, KernelContext context) {\n    this.constants = constants;\n"
        + assignments
        + "  }\n"
        + methods
        + "}\n";
  }
}
