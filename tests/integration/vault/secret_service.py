"""A Secret Service that is locked or deaf, to be run on a private bus: writes down what it is asked.

Run: python secret_service.py locked|deaf FILE
"""

import sys
from pathlib import Path

from jeepney import MessageType, new_error, new_method_return
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection


def main() -> None:
    manner, notes = sys.argv[1], Path(sys.argv[2])
    connection = open_dbus_connection("SESSION")
    connection.send_and_get_reply(message_bus.RequestName("org.freedesktop.secrets"))
    print("ready", flush=True)
    while True:
        message = connection.receive()
        if message.header.message_type is not MessageType.method_call:
            continue
        member = next(str(v) for k, v in message.header.fields.items() if k.name == "member")
        with notes.open("a", encoding="utf-8") as file:
            file.write(f"{member} {message.body}\n")
        if manner == "deaf":
            continue
        if member == "Get" and message.body[1] == "Locked":
            connection.send(new_method_return(message, "v", (("b", True),)))
        elif member == "Get":
            connection.send(new_method_return(message, "v", (("s", "Login"),)))
        else:
            connection.send(new_error(message, "org.freedesktop.DBus.Error.UnknownMethod"))


if __name__ == "__main__":
    main()
