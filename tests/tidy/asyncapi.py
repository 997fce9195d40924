#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Holds docs/asyncapi.yaml against the sources, its own examples, and what was really said.

    asyncapi.py ROOT FRAMES   FRAMES: lines of {"from":"client"|"server"|"trace","frame":{...}}
"""
import json
import re
import sys
from decimal import Decimal
from pathlib import Path

import jsonschema
import yaml

from tidy import enumerators, wire_name

# Limits of shared/core/limits.h, and where the description has them.
LIMITS = {
    "ClientIdChars": "components/schemas/ClientId/maxLength",
    "RefChars": "components/schemas/Ref/oneOf/0/maxLength",
    "Users": "components/schemas/UserIds/maxItems",
    "Confirm": "components/messages/confirm/payload/properties/seqs/maxItems",
    "Fetch": "components/messages/messages/payload/properties/messages/maxItems",
    "FetchDefault": "components/messages/fetch/payload/properties/limit/default",
    "bodyBytes": "components/schemas/Body/maxLength",
}
# The message of the trace, which has no cmd of its own.
STEP = "step"
# Refusals of frames and of requests have these codes in common.
SHARED_CODES = {"too_large", "rate_limited"}


class Repeated(Exception):
    """A field that is there twice, which no schema can forbid."""


def without_repetition(pairs):
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise Repeated
    return fields


def parse(text):
    """With 2.0 as what it is on our wire: no integer."""
    return json.loads(text, parse_float=Decimal, object_pairs_hook=without_repetition)


class Description:
    def __init__(self, document):
        self.document = document
        self.messages = document["components"]["messages"]

    def resolve(self, ref):
        """None when it points to nothing."""
        node = self.document
        for key in ref.removeprefix("#/").split("/"):
            if isinstance(node, list) and key.isdigit() and int(key) < len(node):
                node = node[int(key)]
            elif isinstance(node, dict) and key in node:
                node = node[key]
            else:
                return None
        return node

    def follow(self, schema):
        while "$ref" in schema:
            schema = self.resolve(schema["$ref"])
        return schema

    def refs(self, node):
        if isinstance(node, dict):
            if "$ref" in node:
                yield node["$ref"]
            node = list(node.values())
        for child in node if isinstance(node, list) else ():
            yield from self.refs(child)

    def named_by(self, action):
        """The messages that operations of this kind have, by name."""
        names = set()
        for operation in self.document["operations"].values():
            refs = operation["messages"] if operation["action"] == action else []
            if action == "send" and "reply" in operation:
                refs = refs + operation["reply"]["messages"]
            names |= {ref["$ref"].rsplit("/", 1)[1] for ref in refs}
        return names

    def errors(self, name, frame, strict=False):
        payload = self.messages[name]["payload"]
        resolver = jsonschema.RefResolver("", self.document)
        schema = closed(payload) if strict else payload
        validator = jsonschema.Draft7Validator(schema, resolver=resolver)
        return [f"{'/'.join(map(str, error.path)) or 'frame'}: {error.message[:200]}"
                for error in validator.iter_errors(frame)]


def closed(schema):
    """The same, but nothing that is not listed may be there."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    result = {key: closed(value) for key, value in schema.items()}
    if isinstance(schema.get("properties"), dict):
        result["additionalProperties"] = False
    return result


def structure(api):
    document = api.document
    if document.get("asyncapi") != "3.0.0":
        yield "not AsyncAPI 3.0.0"
    for key in ("title", "version"):
        if key not in document.get("info", {}):
            yield f"info has no {key}"
    for ref in api.refs(api.document):
        if api.resolve(ref) is None:
            yield f"{ref} points to nothing"
    query = document["channels"]["chat"]["bindings"]["ws"]["query"]
    if set(query["required"]) != {"userId", "session"} or set(query["properties"]) != set(
            query["required"]):
        yield "the channel's query is not userId and session"
    for name, operation in document["operations"].items():
        if operation.get("action") not in ("send", "receive") or "channel" not in operation:
            yield f"operation {name}: wants an action and a channel"
    of_channel = {name for channel in document["channels"].values() for name in channel["messages"]}
    used = api.named_by("receive") | api.named_by("send")
    for name in sorted(of_channel ^ set(api.messages) | of_channel ^ used):
        yield f"message {name}: not in the channel, the operations and the components alike"
    for name, message in api.messages.items():
        jsonschema.Draft7Validator.check_schema(message["payload"])
        if name == STEP:
            continue
        if api.follow(message["payload"]["properties"]["cmd"]).get("const") != message["name"]:
            yield f"message {name}: its cmd is not {message['name']}"


def names(api, root):
    """Every command and every reply of the sources, and no others."""
    header = (root / "shared/protocol/commands.h").read_text(encoding="utf-8")
    structs = re.search(r"using Command = std::variant<([^>]*)>", header)[1]
    table = (root / "shared/protocol/names.h").read_text(encoding="utf-8")
    replies = re.search(r"ReplyNames\{(.*?)\}", table, re.S)[1]
    expected = {
        "receive": {name.strip().upper() for name in structs.split(",")},
        "send": set(re.findall(r'"([A-Z]+)"', replies)),
    }
    for action, cmds in expected.items():
        described = {api.messages[name]["name"] for name in api.named_by(action) - {STEP}}
        for cmd in sorted(cmds ^ described):
            yield f"{cmd}: only in {'the sources' if cmd in cmds else 'the description'} ({action})"


def codes(api, root):
    error_header = (root / "shared/core/errorcode.h").read_text(encoding="utf-8")
    in_requests = error_header.index("// requests before the upgrade")
    first_line = error_header.count("\n", 0, in_requests) + 1
    errors = enumerators(error_header, "ErrorCode")
    of_frames = {wire_name(name) for _, name, line in errors if line < first_line}
    of_requests = {wire_name(name) for _, name, line in errors if line > first_line} | SHARED_CODES
    for schema, expected in (("ErrorCode", of_frames), ("HttpErrorCode", of_requests)):
        for code in sorted(expected ^ set(api.resolve(f"components/schemas/{schema}/enum"))):
            yield f"{schema}: {code} is in errorcode.h or in the description, not in both"
    close_header = (root / "shared/core/closecode.h").read_text(encoding="utf-8")
    closes = {int(code) for code, *_ in enumerators(close_header, "CloseCode")} - {1000}
    for code in sorted(closes ^ set(api.document["channels"]["chat"]["x-closeCodes"])):
        yield f"{code} is in closecode.h or in x-closeCodes, not in both"


def kinds(api, root):
    """The steps of the trace."""
    header = (root / "shared/protocol/trace.h").read_text(encoding="utf-8")
    expected = {wire_name(name) for _, name, _ in enumerators(header, "TraceKind")}
    for kind in sorted(expected ^ set(api.resolve("components/schemas/StepKind/enum"))):
        yield f"StepKind: {kind} is in trace.h or in the description, not in both"


def limits(api, root):
    header = (root / "shared/core/limits.h").read_text(encoding="utf-8")
    for name, place in LIMITS.items():
        value = re.search(rf"\bint {name} = ([\d']+);", header)
        if not value or int(value[1].replace("'", "")) != api.resolve(place):
            yield f"{place} is {api.resolve(place)}, not limits.h's {name}"


def examples(api):
    for name, message in api.messages.items():
        if not message.get("examples"):
            yield f"message {name}: no example"
        for example in message.get("examples", ()):
            for error in api.errors(name, example["payload"], strict=True):
                yield f"example of {name}: {error}"


def bad_frames(api, root):
    """What the server refuses by its form, the schemas refuse, too."""
    frames = json.loads((root / "tests/data/bad_frames.json").read_text(encoding="utf-8"))
    commands = {api.messages[name]["name"]: name for name in api.named_by("receive")}
    judged = 0
    for bad in frames:
        if bad["code"] not in ("bad_field", "missing_field") or bad.get("field") == "cmd":
            continue
        try:
            frame = parse(bad["frame"])
        except Repeated:
            continue
        judged += 1
        if not api.errors(commands[frame["cmd"]], frame):
            yield f"bad frame is allowed: {bad['name']}"
    if judged < 50:
        yield f"only {judged} bad frames could be judged"


class Seen:
    """Which fields were there, and which were left out, in all frames."""

    def __init__(self, api):
        self.api = api
        self.present = set()
        self.absent = set()
        self.expected = {}  # place: whether it is optional

    def expect(self, place, schema):
        schema = self.api.follow(schema)
        for key, child in schema.get("properties", {}).items():
            self.expected[f"{place}.{key}"] = key not in schema.get("required", ())
            self.expect(f"{place}.{key}", child)
        if "items" in schema:
            self.expect(f"{place}[]", schema["items"])

    def add(self, place, schema, value):
        schema = self.api.follow(schema)
        for key, child in schema.get("properties", {}).items():
            if isinstance(value, dict) and key in value:
                self.present.add(f"{place}.{key}")
                self.add(f"{place}.{key}", child, value[key])
            else:
                self.absent.add(f"{place}.{key}")
        for item in value if isinstance(value, list) and "items" in schema else ():
            self.add(f"{place}[]", schema["items"], item)

    def missing(self):
        for place, is_optional in self.expected.items():
            if place not in self.present:
                yield f"{place} was never seen"
            elif is_optional and place not in self.absent:
                yield f"{place} was never left out"


def conversation(api, path):
    by_cmd = {(side, api.messages[name]["name"]): name
              for side, action in (("client", "receive"), ("server", "send"))
              for name in api.named_by(action) - {STEP}}
    seen = Seen(api)
    for name, message in api.messages.items():
        seen.expect(name, message["payload"])
    error_codes = set(api.resolve("components/schemas/ErrorCode/enum"))
    step_kinds = set(api.resolve("components/schemas/StepKind/enum"))
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        spoken = parse(line)
        frame = spoken["frame"]
        is_step = spoken["from"] == "trace" and "kind" in frame
        name = STEP if is_step else by_cmd.get((spoken["from"], frame.get("cmd")))
        if not name:
            yield f"frame {number}: no message {frame.get('cmd')} from the {spoken['from']}"
            continue
        for error in api.errors(name, frame, strict=True):
            yield f"frame {number}, {name}: {error}"
        seen.add(name, api.messages[name]["payload"], frame)
        if name == "error":
            error_codes.discard(frame["code"])
        if is_step:
            step_kinds.discard(frame["kind"])
    yield from seen.missing()
    yield from (f"the error {code} was never seen" for code in sorted(error_codes))
    yield from (f"the step {kind} was never seen" for kind in sorted(step_kinds))


def main(root, frames):
    document = yaml.safe_load((root / "docs/asyncapi.yaml").read_text(encoding="utf-8"))
    api = Description(document)
    # The other checks rely on the structure.
    found = list(structure(api))
    if not found:
        found = [*names(api, root), *codes(api, root), *kinds(api, root), *limits(api, root),
                 *examples(api), *bad_frames(api, root), *conversation(api, frames)]
    for finding in found:
        print(f"docs/asyncapi.yaml: {finding}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
