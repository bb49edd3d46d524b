// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.script;

import java.util.List;

/** The files of one deployment. */
public interface DeploymentResources {
  List<String> names();

  /** The content of one of {@link #names()}. */
  byte[] bytes(String name);
}
