// SPDX-License-Identifier: Apache-2.0
/**
 * Millrace in Spring Boot: properties {@code millrace.*} become a process engine plugin. Holds no
 * logic of its own but the two guards in {@code guard}.
 */
package dev.millrace.spring;
