#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Lays out what fuzzing starts from: a folder a target, and an empty one for findings beside it.

    seeds.py FOLDER    made anew: the files of corpus/, and what is made here and of ../data

A file of corpus/ is one input, named for what it is; those that once broke a promise stay.
"""
import json
import re
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
DATA = HERE.parent / "data"
MOST_BYTES = 200_000  # of all of corpus/

MASK = bytes((0x11, 0x72, 0xA3, 0x04))
TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
# What the frames' target takes from the end: how large a message may be, and the cuts.
TAIL = b"\x2a\x02"
TAIL_LARGE = b"\x2a\x03"


def rows(name):
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def file_name(text):
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def frame(opcode, payload=b"", final=True, mask=MASK, length=None):
    """As a client sends it; `length` is told where it is not the payload's."""
    size = len(payload) if length is None else length
    head = bytes((opcode | (0x80 if final else 0),))
    if size < 126:
        head += bytes((0x80 | size,))
    elif size < 65536:
        head += b"\xfe" + size.to_bytes(2, "big")
    else:
        head += b"\xff" + size.to_bytes(8, "big")
    return head + mask + bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))


def frame_seeds():
    hello = '{"cmd":"HEARTBEAT"}'.encode()
    yield "text", frame(TEXT, hello) + TAIL
    yield "empty", frame(TEXT) + frame(BINARY) + TAIL
    yield "two-byte-length", frame(TEXT, b"x" * 200) + TAIL
    yield "eight-byte-length", frame(BINARY, b"x" * 30, length=65536) + TAIL_LARGE
    yield "pipelined", frame(TEXT, hello) * 5 + TAIL
    yield "controls", frame(PING, b"ping") + frame(PONG) + frame(PING, b"x" * 125) + TAIL
    yield "fragments", (frame(TEXT, b"a\xc3", False) + frame(PING, b"between")
                        + frame(0, b"\xa4b", False) + frame(PONG) + frame(0, b"c") + TAIL)
    yield "empty-fragments", frame(BINARY, b"", False) + frame(0, b"", False) * 3 + frame(0) + TAIL
    yield "two-fragmented", (frame(TEXT, b"a", False) + frame(0, b"b")) * 2 + TAIL
    yield "many-fragments", frame(TEXT, b"", False) + frame(0, b"", False) * 1024 + frame(0) + TAIL
    yield "close", frame(CLOSE, (1000).to_bytes(2, "big") + b"bye") + TAIL
    yield "close-empty", frame(TEXT, hello) + frame(CLOSE) + TAIL
    yield "close-one-byte", frame(CLOSE, b"\x03") + TAIL
    yield "close-reserved", frame(CLOSE, (1005).to_bytes(2, "big")) + TAIL
    yield "close-not-utf8", frame(CLOSE, (4000).to_bytes(2, "big") + b"\xff") + TAIL
    yield "zero-mask", frame(TEXT, hello, mask=bytes(4)) + TAIL
    yield "unmasked", b"\x81\x01a" + TAIL
    yield "reserved-bit", b"\xc1" + frame(TEXT, b"a")[1:] + TAIL
    yield "unknown-opcode", frame(3, b"a") + frame(11, b"a") + TAIL
    yield "continues-nothing", frame(0, b"a") + TAIL
    yield "text-in-a-message", frame(TEXT, b"a", False) + frame(TEXT, b"b") + TAIL
    yield "fragmented-ping", frame(PING, b"a", False) + TAIL
    yield "long-ping", frame(PING, b"x" * 126) + TAIL
    yield "length-too-long-a-form", b"\x81\xfe\x00\x05" + MASK + b"hello" + TAIL
    yield "two-byte-length-of-125", b"\x81\xfe\x00\x7d" + MASK + b"x" * 125 + TAIL
    yield "eight-byte-length-of-65535", b"\x81\xff" + b"\0" * 6 + b"\xff\xff" + MASK + TAIL_LARGE
    yield "negative-length", b"\x82\xff" + b"\xff" * 8 + MASK + TAIL
    yield "over-the-limit", frame(TEXT, b"x" * 1001) + TAIL
    yield "over-the-limit-together", frame(TEXT, b"x" * 600, False) + frame(0, b"x" * 401) + TAIL
    yield "half-a-header", frame(TEXT, b"x" * 200)[:5] + TAIL
    yield "half-a-payload", frame(TEXT, hello)[:-3] + TAIL


def command_seeds():
    for row in rows("bad_frames.json"):
        yield file_name(row["name"]), row["frame"].encode()


UPGRADE = ("Host: test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n")


def request_seeds():
    """What stands in braces there is explained in ../support/badrequests.h."""
    for number, row in enumerate(rows("bad_requests.json")):
        request = row["request"].replace("{upgrade}", UPGRADE).replace("{session}", "0" * 32)
        request = re.sub(r"\{x(\d+)\}", lambda match: "x" * int(match[1]), request)
        # The last byte is for the cuts.
        yield f"{number}-{file_name(row['name'])}", request.encode() + b"\x07"


def setting_seeds():
    yield "defaults", (HERE.parents[1] / "resources" / "parley.toml").read_bytes()


def made():
    """target, name, bytes"""
    for target, seeds in (("frames", frame_seeds()), ("commands", command_seeds()),
                          ("http", request_seeds()), ("settings", setting_seeds())):
        for name, content in seeds:
            yield target, name, content


def main(folder):
    corpus = [path for path in (HERE / "corpus").rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in corpus)
    if size > MOST_BYTES:
        print(f"{HERE / 'corpus'}: {size} bytes, over {MOST_BYTES}")
        return 1
    shutil.rmtree(folder, ignore_errors=True)
    (folder.parent / "findings").mkdir(parents=True, exist_ok=True)
    for target in (HERE / "corpus").iterdir():
        shutil.copytree(target, folder / target.name)
    for target, name, content in made():
        path = folder / target / f"made-{name}"
        if path.exists():
            print(f"{path.name} comes twice")
            return 1
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        print(__doc__)
        sys.exit(2)
    sys.exit(main(Path(sys.argv[1])))
