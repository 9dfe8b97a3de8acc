"""Numbers for Prometheus, on a port of their own when METRICS_PORT is set (ADR 0029).

`requests` counts in each process that serves, `readings` asks the database when
somebody reads them, and `exporter` answers for all processes of this machine.
"""
