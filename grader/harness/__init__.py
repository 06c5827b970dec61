"""Running a suite over a sandbox. The trusted side never runs the student's code; it talks to it."""
