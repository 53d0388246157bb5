"""A web server of our own that misbehaves in every way a visit has to survive."""

import time
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

PAGE = b"<title>Ayo pilih nomor 2</title>"


class Site(BaseHTTPRequestHandler):
    """Each path is one way to answer."""

    def do_GET(self):
        self.server.seen.append((self.path, dict(self.headers)))
        with suppress(OSError):
            WAYS.get(self.path.partition("?")[0], missing)(self)

    def log_message(self, *_):
        """Say nothing."""


def answer(site, status=200, body=PAGE, **headers):
    site.send_response(status)
    for name, value in {"Content_Type": "text/html", "Content_Length": str(len(body)), **headers}.items():
        site.send_header(name.replace("_", "-"), value)
    site.end_headers()
    site.wfile.write(body)


def missing(site):
    answer(site, 404, b"tidak ada")


def redirect_to(location):
    return lambda site: answer(site, 302, b"", Location=location)


def endless_body(site):
    site.send_response(200)
    site.end_headers()
    while True:
        site.wfile.write(bytes(65536))


def endless_chunks(site):
    site.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        site.wfile.write(b"10000\r\n" + bytes(65536) + b"\r\n")


def slow_drip(site):
    site.send_response(200)
    site.end_headers()
    drip(site, b"a")


def slow_headers(site):
    site.wfile.write(b"HTTP/1.1 200 OK\r\nX-Lama: ")
    drip(site, b"a")


def drip(site, byte):
    for _ in range(200):
        site.wfile.write(byte)
        site.wfile.flush()
        time.sleep(0.1)


def huge_header(site):
    answer(site, X_Besar="a" * 200_000)


def many_headers(site):
    answer(site, **{f"X_{number}": "a" for number in range(500)})


def cut_short(site):
    answer(site, Content_Length="5000")


def no_http(site):
    site.wfile.write(b"SSH-2.0-OpenSSH\r\n\r\n")


WAYS = {
    "/": answer,
    "/once": redirect_to("/"),
    "/round": redirect_to("/round"),
    "/inside": redirect_to("http://10.0.0.1/rahasia"),
    "/metadata": redirect_to("http://169.254.169.254/latest/meta-data/"),
    "/file": redirect_to("file:///etc/passwd"),
    "/port": redirect_to("http://contoh.id:6379/"),
    "/endless": endless_body,
    "/chunks": endless_chunks,
    "/drip": slow_drip,
    "/slow-headers": slow_headers,
    "/huge-header": huge_header,
    "/many-headers": many_headers,
    "/cut": cut_short,
    "/no-http": no_http,
    "/cookie": lambda site: answer(site, 302, b"", Location="/", Set_Cookie="a=1"),
    "/odd-type": lambda site: answer(site, Content_Type="text/html\x07" + "a" * 300),
}


@contextmanager
def running_site():
    """The server and its port; `seen` lists (path, headers) of every request."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    server.seen = []
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.socket.close()
