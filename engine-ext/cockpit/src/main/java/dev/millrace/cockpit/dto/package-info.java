// SPDX-License-Identifier: Apache-2.0
/**
 * What is read and answered, as JSON: names as in engine-rest, instants as ISO text, absent values
 * as null.
 */
package dev.millrace.cockpit.dto;
