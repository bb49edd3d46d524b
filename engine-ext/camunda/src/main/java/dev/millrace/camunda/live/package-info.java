// SPDX-License-Identifier: Apache-2.0
/** What expressions in models see of streams. */
package dev.millrace.camunda.live;
