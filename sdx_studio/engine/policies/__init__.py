"""Decisions that run by themselves (placement, balancing, leases): one file each, found by walking.

A policy decides from what the plant shows and leaves a record of why; none may draw or read files.
"""
