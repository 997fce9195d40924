#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""curl, the program. Debian's is built without ws://, but it asks for an upgrade by headers, and
once that is granted passes on what comes from either side. The frames that it carries are made and
read by Python's websockets."""
import asyncio
import sys

from websockets.frames import Close, Frame, Opcode
from websockets.streams import StreamReader
from websockets.utils import accept_key, generate_key

from lines import obey, tell

CURL = ("curl", "--silent", "--no-progress-meter", "--http1.1", "--include")


def head_and_rest(data):
    head, _, rest = data.partition(b"\r\n\r\n")
    return int(head.split(b" ", 2)[1]), rest


def read_frames(stream, take):
    while True:
        take((yield from Frame.parse(stream.read_exact, mask=False)))


class Client:
    def __init__(self, server):
        self.server = server
        self.process = None
        self.reading = None

    async def http(self, method, path, body=None, bearer=None):
        options = ["--request", method, f"http://{self.server}{path}"]
        if body:
            options += ["--data-binary", body]
        if bearer:
            options += ["--header", f"Authorization: Bearer {bearer}"]
        process = await asyncio.create_subprocess_exec(
            *CURL, *options, stdout=asyncio.subprocess.PIPE)
        status, text = head_and_rest((await process.communicate())[0])
        tell("http", status=status, body=text.decode())

    async def connect(self, path):
        key = generate_key()
        headers = ("Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
                   f"Sec-WebSocket-Key: {key}", "Expect:", "Transfer-Encoding:")
        # "." is standard input, read while the answer is read, too; without an encoding it goes out
        # as it is. The request has no body: nothing is written before the upgrade.
        self.process = await asyncio.create_subprocess_exec(
            *CURL, "--no-buffer", "--request", "GET", "--upload-file", ".",
            *(word for header in headers for word in ("--header", header)),
            f"http://{self.server}{path}",
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE)
        head = await self.process.stdout.readuntil(b"\r\n\r\n")
        status, _ = head_and_rest(head)
        if status != 101:
            await self.process.communicate()
        elif accept_key(key).encode() not in head:
            raise ValueError("the key was not read")
        else:
            self.reading = asyncio.create_task(self.read(self.process))
        tell("connect", status=status)

    async def read(self, process):
        stream = StreamReader()
        frames = []
        reader = read_frames(stream, frames.append)
        noticing = asyncio.create_task(self.notice_the_end(process))
        code = 1006
        while data := await process.stdout.read(65536):
            stream.feed_data(data)
            next(reader)
            for frame in frames:
                if frame.opcode is Opcode.TEXT:
                    tell("frame", text=frame.data.decode())
                elif frame.opcode is Opcode.PING:
                    self.write(process, Frame(Opcode.PONG, frame.data))
                elif frame.opcode is Opcode.CLOSE:
                    code = Close.parse(frame.data).code
                    process.stdin.close()
            frames.clear()
        noticing.cancel()
        tell("closed", code=code)

    async def notice_the_end(self, process):
        """curl goes on reading its input when the server is gone; it stops when it cannot write."""
        while not process.stdin.is_closing():
            self.write(process, Frame(Opcode.PONG, b""))
            await asyncio.sleep(0.2)

    def write(self, process, frame):
        process.stdin.write(frame.serialize(mask=True))

    async def say(self, text):
        self.write(self.process, Frame(Opcode.TEXT, text.encode()))

    async def close(self):
        self.write(self.process, Frame(Opcode.CLOSE, Close(1000, "").serialize()))


asyncio.run(obey(Client(sys.argv[1])))
