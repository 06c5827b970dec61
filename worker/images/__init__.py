"""The images of the sandboxes: a Dockerfile, the pinned requirements of each environment, and their build."""
