"""The outside world drives the running model: automation API, OpenFlow, cloud OS.

May import the session and everything below. May not enter: Qt.
"""
