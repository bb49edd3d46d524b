// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.script;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.camunda.bpm.engine.impl.util.ReflectUtil;

/** Where a model says its SQL is. Immutable. */
public sealed interface ScriptSource {
  String CLASSPATH = "classpath:";

  /** The text, and the name it has in messages. */
  record Script(String name, String sql) {}

  /**
   * Reads the text.
   *
   * @throws dev.millrace.spi.error.MillraceException category SQL, if it cannot be found
   */
  Script read(DeploymentResources resources);

  /** What people know it by: the file as the model names it, or the element that holds the text. */
  String reference();

  /** What a model writes in {@code stream.script}. */
  static ScriptSource named(String reference) {
    return reference.startsWith(CLASSPATH)
        ? new OnClasspath(reference.substring(CLASSPATH.length()))
        : new InDeployment(reference);
  }

  /**
   * A resource of the model's own deployment: by its full name, or by the end of it if only one
   * resource ends so (archives put folders before names).
   */
  record InDeployment(String name) implements ScriptSource {
    @Override
    public String reference() {
      return name;
    }

    @Override
    public Script read(DeploymentResources resources) {
      List<String> names = resources.names();
      String found = names.contains(name) ? name : bySuffix(names);
      return new Script(found, new String(resources.bytes(found), StandardCharsets.UTF_8));
    }

    private String bySuffix(List<String> names) {
      List<String> candidates = names.stream().filter(each -> each.endsWith("/" + name)).toList();
      if (candidates.isEmpty()) {
        throw ScriptErrors.scriptNotInDeployment(
            name, names.stream().filter(each -> each.endsWith(".sql")).sorted().toList());
      }
      if (candidates.size() > 1) {
        throw ScriptErrors.scriptAmbiguous(name, candidates);
      }
      return candidates.get(0);
    }
  }

  /** A resource of the application's class path. */
  record OnClasspath(String path) implements ScriptSource {
    @Override
    public String reference() {
      return CLASSPATH + path;
    }

    @Override
    public Script read(DeploymentResources resources) {
      try (InputStream in = ReflectUtil.getResourceAsStream(path)) {
        if (in == null) {
          throw ScriptErrors.scriptNotOnClasspath(reference());
        }
        return new Script(path, new String(in.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Text inside the model; its name in messages is the element's id. */
  record Inline(String activityId, String sql) implements ScriptSource {
    @Override
    public String reference() {
      return activityId;
    }

    @Override
    public Script read(DeploymentResources resources) {
      return new Script(activityId, sql);
    }
  }
}
