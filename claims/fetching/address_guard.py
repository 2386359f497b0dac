"""No address on a private network is connected to.

A name is resolved here, every address it has is looked at, and the connection is made to the very
address that was looked at: a name server that answers differently a second time ("DNS rebinding")
gains nothing. What stands in an address does not matter, decimal and hexadecimal forms of 127.0.0.1
included: only what it resolves to.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable

import httpx

from claims.errors import FetchError

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""Addresses whose last 32 bits are an IPv4 address, which a gateway connects to (RFC 6052)."""

_MOST_TRIED = 3
"""Addresses of one host that are tried: a host with hundreds would hold a run up by each."""


class AddressGuard:
    """Which machines may be connected to.

    Those with public addresses may; of private ones those in ``networks``, and, by address and
    port, those that ``trusted`` addresses name.
    """

    def __init__(self, networks: Iterable[str] = (), trusted: Iterable[str] = ()) -> None:
        self._networks: tuple[_Network, ...] = tuple(
            ipaddress.ip_network(network, strict=False) for network in networks
        )
        self._trusted: set[tuple[str, int]] = set()
        for address in trusted:
            url = httpx.URL(address)
            try:
                found = _resolve(url.raw_host.decode("ascii"), _port(url))
            except FetchError:
                continue  # it is told when it is asked for
            self._trusted |= {(str(one), _port(url)) for one in found}

    def checked(self, host: str, port: int) -> list[str]:
        """The addresses to connect to for a host.

        Raises FetchError where it has none, or one of them is not public.
        """
        found = _resolve(host, port)
        for address in found:
            if not self._allowed(address, port):
                shown = host if str(address) == host else f"{host} ({address})"
                raise FetchError(
                    f"refused: {shown} is a private address; give --allow-private, or set "
                    "`fetching` in pipeline.yaml, if it is yours",
                    lasting=True,
                )
        return [str(address) for address in found][:_MOST_TRIED]

    def _allowed(self, address: _Address, port: int) -> bool:
        return (
            is_public(address)
            or (str(address), port) in self._trusted
            or any(address in network for network in self._networks)
        )


def is_public(address: _Address) -> bool:
    """Whether an address is on the open internet; one that carries another is as that is."""
    if isinstance(address, ipaddress.IPv6Address):
        # ::ffff:127.0.0.1, 2002:7f00:1:: and the like are ways to write an IPv4 address.
        carried = address.ipv4_mapped or address.sixtofour
        if carried is None and address.teredo is not None:
            carried = address.teredo[1]
        if carried is None and address in _NAT64:
            carried = ipaddress.IPv4Address(address.packed[-4:])
        if carried is not None:
            return is_public(carried)
        if address.is_site_local:
            return False
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified
    )


class GuardedTransport(httpx.BaseTransport):
    """Connects to addresses that ``guard`` has checked, under the name that was asked for.

    A connection serves one request: kept ones would be found again by address alone, and two names
    at one address need not share a certificate.
    """

    def __init__(self, guard: AddressGuard) -> None:
        self._guard = guard
        self._transport = httpx.HTTPTransport(limits=httpx.Limits(max_keepalive_connections=0))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """One request; raises FetchError for a host that is refused, else what httpx raises."""
        url = request.url
        host = url.raw_host.decode("ascii")
        failed: httpx.TransportError | None = None
        for address in self._guard.checked(host, _port(url)):
            # Connected to by address, but the certificate has to be that of the name.
            extensions = {**request.extensions, "sni_hostname": host}
            there = httpx.Request(
                request.method,
                url.copy_with(host=address),
                headers=request.headers,
                stream=request.stream,
                extensions=extensions,
            )
            try:
                return self._transport.handle_request(there)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                failed = error
        assert failed is not None, "a host has at least one address"
        raise failed

    def close(self) -> None:
        """Close what is open."""
        self._transport.close()


def _port(url: httpx.URL) -> int:
    return url.port or (443 if url.scheme == "https" else 80)


def _resolve(host: str, port: int) -> list[_Address]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FetchError(f"{host} cannot be found: {reason}") from None
    names = dict.fromkeys(str(address[0]).partition("%")[0] for *_, address in found)
    return [ipaddress.ip_address(name) for name in names]
