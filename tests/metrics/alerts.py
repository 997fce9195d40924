#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""promtool checks docs/alerts.yaml; each alert fires in a scenario of its own, and nowhere else.

    alerts.py ROOT
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

MINUTES = 45  # that a scenario lasts
LONG = {"ParleyUnreadGrows": 120, "ParleyUnreadOld": 75, "ParleyClockDoubted": 125,
        "all is well": 180}
STEPS = 180  # of a minute, that there are

SERVER = 'job="parley", instance="a"'


def series(name, labels=""):
    return f"{name}{{{SERVER}{', ' + labels if labels else ''}}}"


def security(event):
    return series("parley_security_events_total", f'event="{event}"')


def closed(code):
    return series("parley_connections_closed_total", f'code="{code}"')


def handshakes(end):
    return series("parley_tls_handshakes_ended_total", f'end="{end}"')


def bucket(name, le):
    return series(f"{name}_bucket", f'le="{le}"')


CERTIFICATE = series("parley_certificate_end_timestamp_seconds", 'file="c.pem"')

# A server without a worry, in steps of a minute; promtool's notation.
WELL = {
    series("up"): f"1x{STEPS}",
    series("process_start_time_seconds"): f"5x{STEPS}",
    series("process_open_fds"): f"100x{STEPS}",
    series("process_max_fds"): f"1000x{STEPS}",
    series("process_resident_memory_bytes"): f"100x{STEPS}",
    series("parley_memory_limit_bytes"): f"1000x{STEPS}",
    series("parley_store_available"): f"1x{STEPS}",
    series("parley_store_in_doubt"): f"0x{STEPS}",
    series("parley_transaction_running_seconds"): f"0.1x{STEPS}",
    bucket("parley_commit_duration_seconds", "0.1"): f"0+600x{STEPS}",
    bucket("parley_commit_duration_seconds", "0.5"): f"0+600x{STEPS}",
    bucket("parley_commit_duration_seconds", "+Inf"): f"0+600x{STEPS}",
    bucket("parley_send_duration_seconds", "0.5"): f"0+600x{STEPS}",
    bucket("parley_send_duration_seconds", "2"): f"0+600x{STEPS}",
    bucket("parley_send_duration_seconds", "+Inf"): f"0+600x{STEPS}",
    series("parley_storage_queue_oldest_age_seconds"): f"0.2x{STEPS}",
    series("parley_password_checks"): f"3x{STEPS}",
    series("parley_unread_messages"): f"20000+10x{STEPS}",
    series("parley_unread_oldest_age_seconds"): f"{86400 * 29}x{STEPS}",
    series("parley_errors_total", 'code="mailbox_full"'): f"7x{STEPS}",
    series("parley_errors_total", 'code="internal"'): f"7x{STEPS}",
    series("parley_connections"): f"800x{STEPS}",
    series("parley_connections_limit"): f"1000x{STEPS}",
    series("parley_sockets_turned_away_total", 'lack="place"'): f"7x{STEPS}",
    series("parley_sockets_turned_away_total", 'lack="descriptor"'): f"7x{STEPS}",
    series("parley_buffer_bytes"): f"400x{STEPS}",
    series("parley_buffer_limit_bytes"): f"1000x{STEPS}",
    closed(4513): f"0+0.5x{STEPS}",
    closed(4508): f"0+9x{STEPS}",
    security("failed_login"): f"0+3x{STEPS}",
    security("refused_session"): f"0+15x{STEPS}",
    security("throttled_login"): f"7x{STEPS}",
    security("throttled_session"): f"7x{STEPS}",
    security("session_elsewhere"): f"7x{STEPS}",
    security("bad_admin_token"): f"7x{STEPS}",
    security("bad_frames"): f"0+0.3x{STEPS}",
    handshakes("made"): f"0+10x{STEPS}",
    handshakes("resumed"): f"0+10x{STEPS}",
    handshakes("failed"): f"0+15x{STEPS}",
    CERTIFICATE: f"{86400 * 15}x{STEPS}",
    series("parley_log_lines_dropped_total"): f"7x{STEPS}",
    series("parley_sqlite_wal_bytes"): f"{200 << 20}x{STEPS}",
    series("parley_clock_timestamp_seconds"): f"0+60x{STEPS}",
    series("parley_clock_doubted"): f"1x60 0x{STEPS - 61}",
}

# What differs from that, for each alert.
SCENARIOS = {
    "ParleyDown": {series("up"): "1x29 0x150"},
    "ParleyRestarts": {series("process_start_time_seconds"): "5x26 6 7 8x152"},
    "ParleyStoreUnavailable": {series("parley_store_available"): "1x29 0x150"},
    "ParleyStoreInDoubt": {series("parley_store_in_doubt"): "0x29 1x150"},
    "ParleyTransactionHangs": {series("parley_transaction_running_seconds"): "0x29 11x150"},
    "ParleyCommitsSlow": {bucket("parley_commit_duration_seconds", "0.1"): f"0+500x{STEPS}"},
    "ParleySendsSlow": {bucket("parley_send_duration_seconds", "0.5"): f"0+100x{STEPS}"},
    "ParleyQueueWaits": {series("parley_storage_queue_oldest_age_seconds"): "0x29 3x150"},
    "ParleyPasswordChecksWait": {series("parley_password_checks"): "0x29 60x150"},
    "ParleyUnreadGrows": {series("parley_unread_messages"): "5000x70 11000x110"},
    "ParleyUnreadOld": {series("parley_unread_oldest_age_seconds"): f"{86400 * 31}x{STEPS}"},
    "ParleyMailboxesFull": {series("parley_errors_total", 'code="mailbox_full"'):
                            "0x29 12x150"},
    "ParleyInternalErrors": {series("parley_errors_total", 'code="internal"'): "0x29 1x150"},
    "ParleyConnectionsNearLimit": {series("parley_connections"): "800x29 901x150"},
    "ParleySocketsTurnedAway": {
        series("parley_sockets_turned_away_total", 'lack="place"'): "0x29 1x150"},
    "ParleyDescriptorsNearLimit": {series("process_open_fds"): "800x29 901x150"},
    "ParleyMemoryNearLimit": {series("process_resident_memory_bytes"): "800x29 901x150"},
    "ParleyBuffersNearLimit": {series("parley_buffer_bytes"): "400x29 501x150"},
    "ParleySlowConsumers": {closed(4513): "0x29 12x150"},
    "ParleyHeartbeatsMissed": {closed(4508): "0x29 70x150"},
    "ParleyFailedLogins": {security("failed_login"): f"0+5x{STEPS}"},
    "ParleySessionsRefused": {security("refused_session"): f"0+21x{STEPS}"},
    "ParleyThrottled": {security("throttled_session"): "0x29 1x150"},
    "ParleySessionElsewhere": {security("session_elsewhere"): "0x29 5x150"},
    "ParleyAdminTokenWrong": {security("bad_admin_token"): "0x29 5x150"},
    "ParleyBadFrames": {security("bad_frames"): "0x29 7x150"},
    "ParleyTlsFails": {handshakes("failed"): f"0+22x{STEPS}"},
    "ParleyCertificateEnds": {CERTIFICATE: f"{86400 * 14}x{STEPS}"},
    "ParleyCertificateEndsNow": {CERTIFICATE: f"{86400 * 2}x{STEPS}"},
    "ParleyLogDropped": {series("parley_log_lines_dropped_total"): "0x29 1x150"},
    "ParleyWalGrows": {series("parley_sqlite_wal_bytes"): f"0x29 {257 << 20}x150"},
    "ParleyClockWrong": {series("parley_clock_timestamp_seconds"): f"31+60x{STEPS}"},
    "ParleyClockDoubted": {series("parley_clock_doubted"): f"1x{STEPS}"},
}
# Those that come with another one, and rightly so.
ALSO = {"ParleyCertificateEndsNow": {"ParleyCertificateEnds"}}

# Whatever fired in the whole scenario.
FIRED = 'count by (alertname) (count_over_time(ALERTS{alertstate="firing"}[3h]))'


def scenario(changes, minutes, alerts):
    return {
        "interval": "1m",
        "input_series": [{"series": name, "values": values}
                         for name, values in {**WELL, **changes}.items()],
        "promql_expr_test": [{
            "expr": FIRED, "eval_time": f"{minutes}m",
            "exp_samples": [{"labels": f'{{alertname="{name}"}}', "value": 1}
                            for name in sorted(alerts)]}],
    }


def promtool(*arguments):
    ran = subprocess.run(["promtool", *arguments], capture_output=True, text=True, check=False)
    print((ran.stdout + ran.stderr).strip())
    return ran.returncode == 0


def main(root):
    rules = Path(root, "docs/alerts.yaml").resolve()
    alerts = {rule["alert"] for group in yaml.safe_load(rules.read_text())["groups"]
              for rule in group["rules"]}
    if alerts != SCENARIOS.keys():
        print("without a scenario, or without an alert:", *sorted(alerts ^ SCENARIOS.keys()))
        return 1
    if not promtool("check", "rules", str(rules)):
        return 1
    print(f"{len(alerts)} scenarios, and one in which all is well")
    tests = [scenario(changes, LONG.get(name, MINUTES), ALSO.get(name, set()) | ({name} & alerts))
             for name, changes in {"all is well": {}, **SCENARIOS}.items()]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "scenarios.json")  # which is YAML, too
        file.write_text(json.dumps({"rule_files": [str(rules)], "evaluation_interval": "1m",
                                    "tests": tests}))
        return 0 if promtool("test", "rules", str(file)) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
