# SPDX-License-Identifier: MIT
"""MQTT brokers from Debian, set up for the works of scripts/bench.sh. Each serving() is a broker
started afresh on loopback, with all its files in one folder, and ended by its process id."""
import contextlib
import os

import processes
import servers

# Messages to one who has not confirmed them; more than are ever outstanding in a work where
# everybody is there.
IN_FLIGHT = 20

# What is not set is mosquitto's default: it writes its messages to the disk every half an hour
# and when it is ended, so that they live in memory. Started by root it would become another user,
# who may not write here; started by others it stays what it is. Without socket_domain it listens
# for WebSockets on all addresses, whatever the listener's line says.
MOSQUITTO = """\
listener {port} 127.0.0.1
listener {web_port} 127.0.0.1
socket_domain ipv4
protocol websockets
allow_anonymous true
user root
persistence true
persistence_location {folder}/
max_inflight_messages {in_flight}
max_queued_messages 0
set_tcp_nodelay true
log_dest stderr
log_type error
log_type warning
"""

# Each user who has a session has a durable queue.
RABBITMQ = """\
listeners.tcp = none
mqtt.listeners.tcp.default = 127.0.0.1:{port}
mqtt.allow_anonymous = true
mqtt.prefetch = {in_flight}
log.console.level = warning
log.file = false
disk_free_limit.absolute = 100MB
"""


class Mosquitto:
    def __init__(self, folder, port, scheme="mqtt"):
        self.folder, self.port, self.web_port = folder / "mosquitto", port, port + 1
        self.url = f"{scheme}://127.0.0.1:{port if scheme == 'mqtt' else self.web_port}"

    @contextlib.contextmanager
    def serving(self):
        with servers.fresh(self.folder) as folder:
            settings = folder / "mosquitto.conf"
            settings.write_text(MOSQUITTO.format(port=self.port, web_port=self.web_port,
                                                 folder=folder, in_flight=IN_FLIGHT))
            log = folder / "log"
            with processes.listening(["/usr/sbin/mosquitto", "-c", settings], self.port,
                                     log) as broker:
                yield servers.Running(broker, log, [broker.pid], self.url, os.environ)


class RabbitMq:
    def __init__(self, folder, port):
        self.folder, self.port = folder / "rabbitmq", port
        self.node_port, self.epmd_port = port + 1, port + 2

    @contextlib.contextmanager
    def serving(self):
        with servers.fresh(self.folder) as folder:
            (folder / "rabbitmq.conf").write_text(
                RABBITMQ.format(port=self.port, in_flight=IN_FLIGHT))
            (folder / "plugins").write_text("[rabbitmq_mqtt].\n")
            log = folder / "log"
            # Erlang's port mapper would be started as a daemon, and stay, if there were none.
            with processes.listening(
                    ["/usr/bin/epmd", "-address", "127.0.0.1", "-port", str(self.epmd_port)],
                    self.epmd_port, folder / "epmd.log"):
                with processes.listening(["/usr/lib/rabbitmq/bin/rabbitmq-server"], self.port, log,
                                         env=self.environment(), cwd=folder) as broker:
                    yield servers.Running(broker, log, [broker.pid],
                                          f"mqtt://127.0.0.1:{self.port}", os.environ)

    def environment(self):
        folder = self.folder
        return {
            **os.environ, "HOME": str(folder),  # of the cookie
            "RUNNING_UNDER_SYSTEMD": "true",  # the script becomes the server, and does not wait
            "ERL_EPMD_ADDRESS": "127.0.0.1", "ERL_EPMD_PORT": str(self.epmd_port),
            "RABBITMQ_NODENAME": "bench@localhost", "RABBITMQ_DIST_PORT": str(self.node_port),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS":
                "-kernel inet_dist_use_interface {127,0,0,1}",
            "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq.conf"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
            "RABBITMQ_MNESIA_BASE": str(folder / "mnesia"),
            "RABBITMQ_LOG_BASE": str(folder / "logs"),
            "RABBITMQ_PID_FILE": str(folder / "pid"),
        }
