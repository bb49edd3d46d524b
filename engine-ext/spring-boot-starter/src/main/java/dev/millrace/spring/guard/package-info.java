// SPDX-License-Identifier: Apache-2.0
/** Closes known holes of Camunda 7.24.0, the last community release. */
package dev.millrace.spring.guard;
