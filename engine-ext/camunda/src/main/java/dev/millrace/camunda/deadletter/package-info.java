// SPDX-License-Identifier: Apache-2.0
/** Dead letters, looked at, corrected and processed again by operators. */
package dev.millrace.camunda.deadletter;
