// SPDX-License-Identifier: Apache-2.0
/** Orders on a node that is killed again and again. */
package dev.millrace.sample.crash;
