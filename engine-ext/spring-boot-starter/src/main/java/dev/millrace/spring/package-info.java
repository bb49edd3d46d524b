// SPDX-License-Identifier: Apache-2.0
/** Properties and beans, nothing else. */
package dev.millrace.spring;
