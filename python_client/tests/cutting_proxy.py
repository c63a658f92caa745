"""A TCP proxy that cuts a connection after the server has answered and before the client knows."""

from __future__ import annotations

import contextlib
import select
import socket
import threading


class CuttingProxy:
    """Forwards a port; when armed, the next answer of the server is swallowed and the line cut."""

    def __init__(self, target):
        host, port = target.rsplit(":", 1)
        self._target = (host, int(port))
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._listener.getsockname()[1]}"
        self.armed = threading.Event()
        self.cuts = 0
        self._closed = False
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self):
        self._closed = True
        # Wakes the thread that accepts.
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self):
        while not self._closed:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._forward, args=(client,), daemon=True).start()

    def _forward(self, client):
        frames = Http2Frames()
        server = socket.create_connection(self._target)
        with client, server, contextlib.suppress(OSError):
            while True:
                for source in select.select([client, server], [], [])[0]:
                    data = source.recv(65536)
                    if not data:
                        return
                    if source is client:
                        server.sendall(data)
                    elif frames.has_data(data) and self.armed.is_set():
                        self.armed.clear()
                        self.cuts += 1
                        return
                    else:
                        client.sendall(data)


class Http2Frames:
    """Finds DATA frames (answers) between the others (settings, pings, window updates)."""

    DATA = 0

    def __init__(self):
        self._buffer = b""

    def has_data(self, data):
        self._buffer += data
        found = False
        while len(self._buffer) >= 9:
            length = int.from_bytes(self._buffer[:3], "big")
            if len(self._buffer) < 9 + length:
                break
            found = found or self._buffer[3] == self.DATA
            self._buffer = self._buffer[9 + length :]
        return found
