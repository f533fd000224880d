"""The lesson format, its checker and player; the lessons themselves are resources.

May import the session and everything below. May not enter: Qt.
"""
