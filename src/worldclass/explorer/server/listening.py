"""The socket that the server listens at: an address that is taken is refused before it starts."""

from __future__ import annotations

import os
import socket
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from worldclass.core.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Generator


@contextmanager
def listening(host: str, port: int) -> Generator[socket.socket]:
    """A socket at an address; nothing listens yet, so that who is answered finds all ready.

    Raises
    ------
    UsageError
        There is no such address here, or the port is taken.
    """
    with ExitStack() as opened:
        try:
            family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
            own = opened.enter_context(socket.socket(family, socket.SOCK_STREAM))
            if os.name == "posix":  # elsewhere another server could then take the port as well
                own.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            own.bind((host, port))
        except OSError as error:
            raise UsageError(
                f"Nothing can listen at {host}, port {port}: {error.strerror or error}.",
                where="--host, --port",
                remedy="Choose another port, or --port 0 for any free one.",
            ) from error
        yield own
