"""PostgreSQL's settings: as durable as they come, in little memory."""

from collections.abc import Mapping

_SETTINGS: Mapping[str, str] = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "password_encryption": "scram-sha-256",
    # An acknowledged sale survives a power cut.
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "wal_level": "replica",
    # Memory: all processes of a small box office together stay below 400 MB.
    "max_connections": "120",
    "shared_buffers": "64MB",
    "huge_pages": "off",
    "work_mem": "4MB",
    "maintenance_work_mem": "32MB",
    "effective_cache_size": "512MB",
    "wal_buffers": "4MB",
    "jit": "off",
    "max_parallel_workers": "0",
    "max_parallel_workers_per_gather": "0",
    "max_worker_processes": "2",
    "max_logical_replication_workers": "0",
    "autovacuum_max_workers": "2",
    "autovacuum_naptime": "30s",
    "max_wal_senders": "4",
    "min_wal_size": "80MB",
    "max_wal_size": "1GB",
    "random_page_cost": "1.1",
    # A client that went away in the middle must not keep a hot row locked.
    "idle_in_transaction_session_timeout": "60s",
    "tcp_user_timeout": "30s",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "log_line_prefix": "%m [%p] %q%u@%d ",
    "log_lock_waits": "on",
    "log_min_duration_statement": "2s",
}
# Reading without worker processes of its own saves three of them.
_SINCE_18: Mapping[str, str] = {"io_method": "sync"}


def server_settings(version: int, port: int, overrides: Mapping[str, str]) -> dict[str, str]:
    """The settings of a server of that major version; `overrides` win."""
    newer = _SINCE_18 if version >= 18 else dict[str, str]()
    return {**_SETTINGS, **newer, "port": str(port), **overrides}
