// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cockpit.dto;

/** Which process a message shall start. */
public record StartRequestDto(String processDefinitionKey) {}
