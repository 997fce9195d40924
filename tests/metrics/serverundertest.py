# SPDX-License-Identifier: MIT
"""A real server in a folder of its own, and what a test does with it from outside."""
import hashlib
import json
import os
import select
import signal
import socket
import ssl
import struct
import subprocess
import time
import urllib.request
from pathlib import Path

PATIENCE = 30  # seconds, for whatever must come
KEY = "key of the tests"
ADMIN_TOKEN = "admin token of the tests"
USERS = 40


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """parleyd with users 1 to 40, named user1 and so on, on a free port of 127.0.0.1."""

    def __init__(self, program, folder, **settings):
        self.program = program
        self.folder = Path(folder)
        self.folder.mkdir()
        self.database = self.folder / "parley.db"
        self.settings = {name.replace("__", "."): str(value) for name, value in settings.items()}
        self.is_tls = "tls.certificate_file" in self.settings
        self.process = None
        self.port = 0
        users = "".join(f"{n},user{n}\n" for n in range(1, USERS + 1))
        subprocess.run([program, "user", "import", "-", *self.place()], input=users.encode(),
                       check=True, timeout=PATIENCE, capture_output=True)

    def place(self):
        return ["--data", str(self.folder), "--store", f"sqlite:{self.database}"]

    def start(self):
        """Again on the same port, if it ran before."""
        options = [word for name, value in self.settings.items() for word in (f"--{name}", value)]
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(
                [self.program, "serve", "--listen", f"127.0.0.1:{self.port}", *self.place(),
                 *options], stdout=subprocess.PIPE, stderr=log,
                env={**os.environ, "PARLEY_SECRET_KEY": KEY, "PARLEY_ADMIN_TOKEN": ADMIN_TOKEN})
        if not select.select([self.process.stdout], [], [], PATIENCE)[0]:
            raise TimeoutError("the server did not start")
        line = self.process.stdout.readline().decode()
        if not line:
            raise RuntimeError((self.folder / "log").read_text())
        self.port = int(line.replace(" (tls)", "").rsplit(":", 1)[1])
        return self

    def signal(self, number):
        self.process.send_signal(number)

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.terminate()
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if self.process:
            self.process.stdout.close()

    @property
    def address(self):
        return f"127.0.0.1:{self.port}"

    def metrics(self):
        context = ssl._create_unverified_context() if self.is_tls else None
        scheme = "https" if self.is_tls else "http"
        with urllib.request.urlopen(f"{scheme}://{self.address}/metrics", timeout=PATIENCE,
                                    context=context) as answer:
            return answer.read().decode()

    def session(self, user):
        minute = time.strftime("%y%m%d%H%M", time.gmtime())
        return hashlib.md5(f"{KEY}{user}{minute}".encode()).hexdigest()

    def socket(self, source="127.0.0.1", receive_bytes=None):
        made = socket.socket()
        if receive_bytes:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_bytes)
        made.settimeout(PATIENCE)
        made.bind((source, 0))
        made.connect(("127.0.0.1", self.port))
        return made

    def ask(self, request, source="127.0.0.1"):
        """The status of the answer."""
        with self.socket(source) as made:
            made.sendall(request.encode())
            return status(made)

    def login(self, name, password, source="127.0.0.1"):
        """Sent; the socket, on which the answer comes."""
        body = json.dumps({"username": name, "password": password})
        made = self.socket(source)
        made.sendall(f"POST /login HTTP/1.1\r\nHost: test\r\nContent-Length: {len(body)}\r\n\r\n"
                     f"{body}".encode())
        return made

    def chat_request(self, user, session=None):
        return upgrade(f"/chat/private?userId={user}&session={session or self.session(user)}")


def upgrade(path):
    return (f"GET {path} HTTP/1.1\r\nHost: test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")


def status(made):
    """0: the server ended the connection without an answer."""
    head = made.recv(64)
    return int(head.split(b" ")[1]) if head else 0


class Client:
    """A WebSocket client that reads only what it is asked to read."""

    def __init__(self, server, user, **options):
        self.socket = server.socket(**options)
        self.socket.sendall(server.chat_request(user).encode())
        self.input = b""
        while b"\r\n\r\n" not in self.input:
            self.fill()
        head, self.input = self.input.split(b"\r\n\r\n", 1)
        if b" 101 " not in head:
            raise RuntimeError(head.decode())
        self.expect("HELLO")

    def fill(self):
        more = self.socket.recv(65536)
        if not more:
            raise ConnectionError("the server ended the connection")
        self.input += more

    def frame(self):
        """Opcode and payload of the next frame."""
        while True:
            if len(self.input) >= 2:
                size, start = self.input[1], 2
                if size == 126 and len(self.input) >= 4:
                    size, start = struct.unpack(">H", self.input[2:4])[0], 4
                elif size == 127 and len(self.input) >= 10:
                    size, start = struct.unpack(">Q", self.input[2:10])[0], 10
                if (size < 126 or start > 2) and len(self.input) >= start + size:
                    opcode, payload = self.input[0] & 15, self.input[start:start + size]
                    self.input = self.input[start + size:]
                    return opcode, payload
            self.fill()

    def expect(self, command):
        """The next frame of this command; others are skipped."""
        while True:
            opcode, payload = self.frame()
            if opcode == 8:
                raise ConnectionError(f"closed with {struct.unpack('>H', payload[:2])[0]}")
            frame = json.loads(payload)
            if frame["cmd"] == command:
                return frame

    def closed(self):
        """The code with which the server closes."""
        while True:
            opcode, payload = self.frame()
            if opcode == 8:
                return struct.unpack(">H", payload[:2])[0]

    def send_text(self, *texts):
        self.socket.sendall(b"".join(frame_of(text) for text in texts))

    def send(self, **command):
        self.send_text(json.dumps(command))

    def close(self):
        self.socket.close()


def frame_of(text):
    """Masked with zeroes, which change nothing."""
    payload = text.encode()
    if len(payload) < 126:
        size = bytes([128 | len(payload)])
    elif len(payload) < 65536:
        size = struct.pack(">BH", 128 | 126, len(payload))
    else:
        size = struct.pack(">BQ", 128 | 127, len(payload))
    return b"\x81" + size + b"\0\0\0\0" + payload


def certificate(folder, days):
    """A new one for 127.0.0.1: the names of its file and of its key's."""
    file, key = Path(folder) / "certificate.pem", Path(folder) / "certificate.key"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                    "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=127.0.0.1", "-days",
                    str(days), "-out", str(file), "-keyout", str(key)],
                   check=True, capture_output=True, timeout=PATIENCE)
    return file, key
