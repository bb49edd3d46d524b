// SPDX-License-Identifier: Apache-2.0
/** Pipelines for those who watch applications: an endpoint, a health component, meters. */
package dev.millrace.spring.actuator;
