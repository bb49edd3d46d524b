// SPDX-License-Identifier: Apache-2.0
/** The resources: a path, a check, a call. One object a request. */
package dev.millrace.cockpit.rest;
