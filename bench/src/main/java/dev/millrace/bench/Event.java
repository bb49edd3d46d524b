// SPDX-License-Identifier: Apache-2.0
package dev.millrace.bench;

/**
 * A Nexmark-like event; persons and auctions are only there to be skipped, as 4 events of 50.
 *
 * @param kind 0 person, 1 auction, 2 bid
 * @param price in cents
 * @param dateTimeMicros event time, ascending
 */
record Event(int kind, long auction, long bidder, long price, long dateTimeMicros, String extra) {
  static final int PERSON = 0;
  static final int AUCTION = 1;
  static final int BID = 2;
}
