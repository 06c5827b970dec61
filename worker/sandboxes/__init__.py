"""The kinds of sandbox that a server may use. Found by name through the entry points of `grader.sandboxes`."""
