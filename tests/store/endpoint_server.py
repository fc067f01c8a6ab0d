"""A small SPARQL endpoint on the loopback interface, for the tests of what reads one."""

import threading
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pyoxigraph as ox


@contextmanager
def endpoint(quads: ox.Store, *, cut_short: bool = False, delay: float = 0.0) -> Iterator[str]:
    """Serve ``quads`` and give the endpoint's URL.

    Args:
        cut_short: Send half of each answer, as Oxigraph's server does when time is up.
        delay: Seconds to wait before each answer.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            text = urllib.parse.parse_qs(body)["query"][0]
            time.sleep(delay)
            try:
                answer = quads.query(text)
            except SyntaxError:
                self.send_error(400, "broken query")
                return
            if isinstance(answer, ox.QueryTriples):
                media_type = "application/n-triples"
                content = answer.serialize(format=ox.RdfFormat.N_TRIPLES)
            else:
                media_type = "application/sparql-results+json"
                content = answer.serialize(format=ox.QueryResultsFormat.JSON)
            assert content is not None
            if cut_short:
                content = content[: len(content) // 2]
            self.send_response(200)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            with suppress(BrokenPipeError):  # the client may have given up
                self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/query"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
