"""Where frames go: spanning tree, VLANs, shortest paths, and the flows that compete on them; no CPU, no memory."""
