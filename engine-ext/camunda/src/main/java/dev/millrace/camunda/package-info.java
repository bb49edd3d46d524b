// SPDX-License-Identifier: Apache-2.0
/** The stream task in BPMN. */
package dev.millrace.camunda;
