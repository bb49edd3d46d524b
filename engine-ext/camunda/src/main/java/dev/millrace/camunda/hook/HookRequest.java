// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.hook;

import java.io.InputStream;
import java.util.function.Function;

/**
 * What a server hands over. Single-threaded.
 *
 * @param hook the last part of the path
 * @param header the value of a header; null if there is none
 * @param body not read yet
 */
public record HookRequest(
    String hook, String method, Function<String, String> header, InputStream body) {}
