// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.hook;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.AuthenticationException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.identity.Group;

/**
 * Who may post without a signature: a user of the engine, by HTTP Basic; where the engine checks
 * authorisations, one who may ACCESS the APPLICATION {@code millrace-hook-<name>}. Thread-safe.
 */
final class HookAccess {
  private static final String BASIC = "Basic ";

  /** What may be. */
  enum Verdict {
    ALLOWED,
    UNKNOWN_USER,
    FORBIDDEN
  }

  private final ProcessEngine engine;

  HookAccess(ProcessEngine engine) {
    this.engine = engine;
  }

  /**
   * @param authorization the header; null if there is none
   */
  Verdict check(String hook, String authorization) {
    Optional<String> user = login(authorization);
    if (user.isEmpty()) {
      return Verdict.UNKNOWN_USER;
    }
    return isAuthorized(hook, user.get()) ? Verdict.ALLOWED : Verdict.FORBIDDEN;
  }

  private Optional<String> login(String authorization) {
    if (authorization == null || !authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return Optional.empty();
    }
    String login;
    try {
      byte[] bytes = Base64.getDecoder().decode(authorization.substring(BASIC.length()).strip());
      login = new String(bytes, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    int colon = login.indexOf(':');
    if (colon < 1) {
      return Optional.empty();
    }
    String user = login.substring(0, colon);
    return knows(user, login.substring(colon + 1)) ? Optional.of(user) : Optional.empty();
  }

  /** A user who failed too often is locked for a while, which is said by an exception. */
  private boolean knows(String user, String password) {
    try {
      return engine.getIdentityService().checkPassword(user, password);
    } catch (AuthenticationException e) {
      return false;
    }
  }

  private boolean isAuthorized(String hook, String user) {
    if (!engine.getProcessEngineConfiguration().isAuthorizationEnabled()) {
      return true;
    }
    List<String> groups =
        engine.getIdentityService().createGroupQuery().groupMember(user).list().stream()
            .map(Group::getId)
            .toList();
    return engine
        .getAuthorizationService()
        .isUserAuthorized(
            user, groups, Permissions.ACCESS, Resources.APPLICATION, "millrace-hook-" + hook);
  }
}
