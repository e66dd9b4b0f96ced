"""`python -m cloud_connector.sandbox`: runs the stand-in for WeCom until it is stopped."""

import argparse
import os
import socket
import sys
from pathlib import Path

import uvicorn

from cloud_connector.sandbox.app import create_app
from cloud_connector.sandbox.company import DEFAULT_MEMBERS, BadMembersFile, Company, read_members
from cloud_connector.sandbox.crypto import BadMessage, key_bytes


def arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m cloud_connector.sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one; it is printed and in --port-file")
    parser.add_argument("--port-file", type=Path)
    parser.add_argument("--callback", help="the connector's callback URL; may also be set later at /sandbox/callback")
    parser.add_argument("--callback-timeout", type=float, default=5.0, metavar="SECONDS")
    parser.add_argument("--corp-id", required=True)
    parser.add_argument("--agent-id", type=int, required=True)
    parser.add_argument("--secret", required=True)
    parser.add_argument("--token", required=True)
    parser.add_argument("--aes-key", required=True, help="EncodingAESKey, 43 characters")
    parser.add_argument("--members", type=Path, help="JSON list of userid, name, title")
    parser.add_argument("--app-name", default="展厅接待")
    return parser.parse_args(argv)


def write_port(path: Path, port: int) -> None:
    """Write at once and whole: whoever waits for the file never reads half a number."""
    part = path.with_suffix(path.suffix + ".part")
    part.write_text(str(port), encoding="ascii")
    os.replace(part, path)  # noqa: PTH105  atomic on both systems


def main(argv: list[str]) -> int:
    """Serve; returns 2 when an argument is wrong."""
    given = arguments(argv)
    try:
        key_bytes(given.aes_key)
        members = read_members(given.members) if given.members else DEFAULT_MEMBERS
    except (BadMessage, BadMembersFile, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    company = Company(
        given.corp_id, given.agent_id, given.secret, given.token, given.aes_key, members, app_name=given.app_name
    )
    listener = socket.create_server((given.host, given.port))
    port = listener.getsockname()[1]
    base_url = f"http://{given.host}:{port}"
    app = create_app(company, callback_url=given.callback, base_url=base_url, callback_timeout=given.callback_timeout)
    if given.port_file:
        write_port(given.port_file, port)
    print(base_url, flush=True)
    config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=2)
    uvicorn.Server(config).run(sockets=[listener])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
