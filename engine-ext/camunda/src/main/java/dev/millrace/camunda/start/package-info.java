// SPDX-License-Identifier: Apache-2.0
/** For which keys processes were started: what the engine knows, and what we remember. */
package dev.millrace.camunda.start;
