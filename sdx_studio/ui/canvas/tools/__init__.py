"""One gesture, one object: selecting and dragging, placing, connecting, moving the picture. Esc cancels any of them."""
