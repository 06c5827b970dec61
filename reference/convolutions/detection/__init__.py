"""Boxes of objects in images: IoU, R-CNN, YOLO (lecture 4, section 23)."""
