// SPDX-License-Identifier: Apache-2.0
/** What an administrator configures, and what scripts may touch because of it. */
package dev.millrace.camunda.config;
