// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cockpit.dto;

/** How many there are. */
public record CountDto(long count) {}
