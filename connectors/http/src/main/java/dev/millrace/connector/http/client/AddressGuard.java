// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http.client;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Finds the addresses of a host and refuses those inside. The client connects to what is returned
 * here and asks no second time, so a name that changes its mind (DNS rebinding) gains nothing.
 * Thread-safe.
 */
final class AddressGuard implements DnsResolver {
  private static final int IPV6_BYTES = 16;

  /** Names to addresses. */
  @FunctionalInterface
  interface Names {
    InetAddress[] find(String host) throws UnknownHostException;
  }

  /** Networks no public host is in (RFC 6890 and its successors): address and length of prefix. */
  private static final String[] INSIDE = {
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/3"
  };

  private final Names names;
  private final boolean allowPrivate;

  AddressGuard(Names names, boolean allowPrivate) {
    this.names = names;
    this.allowPrivate = allowPrivate;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] found = names.find(host);
    if (!allowPrivate && Arrays.stream(found).anyMatch(AddressGuard::isInside)) {
      throw HttpErrors.privateAddress(host);
    }
    return found;
  }

  @Override
  public String resolveCanonicalHostname(String host) throws UnknownHostException {
    return resolve(host)[0].getCanonicalHostName();
  }

  /** True unless the address is one of a public host. */
  static boolean isInside(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address instanceof Inet4Address) {
      return isInside(bytes, 0);
    }
    int first = word(bytes, 0);
    boolean global = (first & 0xe000) == 0x2000;
    if (first == 0x64 && word(bytes, 2) == 0xff9b) {
      return isInside(bytes, 12); // NAT64: the last four bytes are the address it stands for
    }
    if (first == 0x2002) {
      return isInside(bytes, 2); // 6to4
    }
    // 2001::/23 holds Teredo and other special networks, 2001:db8::/32 is for documentation.
    boolean special = first == 0x2001 && (word(bytes, 2) < 0x200 || word(bytes, 2) == 0xdb8);
    return !global || special || bytes.length != IPV6_BYTES;
  }

  private static int word(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
  }

  private static boolean isInside(byte[] bytes, int at) {
    int address = number(bytes, at);
    for (String network : INSIDE) {
      int slash = network.indexOf('/');
      int mask = -1 << (32 - Integer.parseInt(network.substring(slash + 1)));
      if ((address & mask) == number(network.substring(0, slash))) {
        return true;
      }
    }
    return false;
  }

  private static int number(byte[] bytes, int at) {
    return word(bytes, at) << 16 | word(bytes, at + 2);
  }

  private static int number(String dotted) {
    int number = 0;
    for (String part : dotted.split("\\.")) {
      number = number << 8 | Integer.parseInt(part);
    }
    return number;
  }
}
