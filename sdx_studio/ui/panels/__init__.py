"""Panels around the canvas: each mirrors the session and knows no other panel."""
