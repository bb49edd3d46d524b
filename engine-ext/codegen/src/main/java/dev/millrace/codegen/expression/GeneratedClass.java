// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import dev.millrace.runtime.kernel.KernelContext;
import java.lang.reflect.Constructor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.janino.SimpleCompiler;

/**
 * Source to instance. Classes are kept by their source, so that lanes of a stage and later runs of
 * a script share one class, and with it the machine code the virtual machine has made of it.
 * Thread-safe.
 */
public final class GeneratedClass {
  private static final int MAX_CLASSES = 1024;

  private static final Map<String, Constructor<?>> CONSTRUCTORS =
      new LinkedHashMap<>(16, 0.75F, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Constructor<?>> eldest) {
          return size() > MAX_CLASSES;
        }
      };

  private GeneratedClass() {}

  static <T> T instantiate(KernelClass kernel, Class<T> type, KernelContext context) {
    Constructor<?> constructor =
        constructor(kernel.qualifiedName(), kernel.source(), Object[].class, KernelContext.class);
    return instantiate(kernel.source(), constructor, type, kernel.constants(), context);
  }

  /**
   * An instance of a class without constants.
   *
   * @param name of the class, with its package
   */
  public static <T> T instantiate(String name, String source, Class<T> type) {
    return instantiate(source, constructor(name, source), type);
  }

  private static <T> T instantiate(
      String source, Constructor<?> constructor, Class<T> type, Object... arguments) {
    try {
      return type.cast(constructor.newInstance(arguments));
    } catch (ReflectiveOperationException e) {
      throw CodegenErrors.notCompiled(source, e);
    }
  }

  private static Constructor<?> constructor(String name, String source, Class<?>... parameters) {
    synchronized (CONSTRUCTORS) {
      Constructor<?> known = CONSTRUCTORS.get(source);
      if (known != null) {
        return known;
      }
    }
    Constructor<?> compiled = compile(name, source, parameters);
    synchronized (CONSTRUCTORS) {
      CONSTRUCTORS.put(source, compiled);
    }
    return compiled;
  }

  private static Constructor<?> compile(String name, String source, Class<?>... parameters) {
    SimpleCompiler compiler = new SimpleCompiler();
    compiler.setParentClassLoader(GeneratedClass.class.getClassLoader());
    try {
      compiler.cook(source);
      return compiler.getClassLoader().loadClass(name).getConstructor(parameters);
    } catch (CompileException | ReflectiveOperationException e) {
      throw CodegenErrors.notCompiled(source, e);
    }
  }
}
