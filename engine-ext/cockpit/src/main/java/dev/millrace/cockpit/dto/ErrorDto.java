// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cockpit.dto;

import dev.millrace.spi.error.MillraceException;
import dev.millrace.store.RunFailure;

/**
 * A failure.
 *
 * @param type as in engine-rest: the kind of exception
 * @param code {@code MR-BPMN-043}
 * @param category that decides the reaction
 */
public record ErrorDto(String type, String message, String code, String category) {
  private static final String TYPE = MillraceException.class.getSimpleName();

  public static ErrorDto of(MillraceException failure) {
    return new ErrorDto(TYPE, failure.getMessage(), failure.code().id(), failure.category().name());
  }

  public static ErrorDto of(RunFailure failure) {
    return new ErrorDto(TYPE, failure.text(), failure.code(), failure.category().name());
  }
}
