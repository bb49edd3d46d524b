// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.hook;

import java.util.Map;

/**
 * What a server shall answer.
 *
 * @param body JSON
 */
public record HookAnswer(int status, Map<String, String> headers, String body) {
  static HookAnswer stored(long sequence, boolean repeated) {
    String body = "{\"sequence\":%d,\"repeated\":%b}".formatted(sequence, repeated);
    return new HookAnswer(202, Map.of(), body);
  }

  static HookAnswer refused(int status, String message) {
    return new HookAnswer(status, Map.of(), "{\"message\":\"%s\"}".formatted(message));
  }

  HookAnswer with(String header, String value) {
    return new HookAnswer(status, Map.of(header, value), body);
  }
}
