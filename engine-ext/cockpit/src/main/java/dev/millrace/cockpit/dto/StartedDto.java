// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cockpit.dto;

/** The instance a message has started. */
public record StartedDto(String processInstanceId) {}
