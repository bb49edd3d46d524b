// SPDX-License-Identifier: Apache-2.0
/** Who may see or steer what. */
package dev.millrace.cockpit.access;
