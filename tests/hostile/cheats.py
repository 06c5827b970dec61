"""Ways to get points without an answer. Each is the body of `kmeans(X, start, max_iter=300)`, or a whole module."""

BODIES = {
    "equals everything": """
        class Equal(float):
            __hash__ = None
            def __eq__(self, other): return True
            def __ne__(self, other): return False
            def __array__(self, *args, **kwargs): return start
        return Equal(), Equal()
    """,
    "an array that equals everything": """
        class Yes(np.ndarray):
            def __eq__(self, other): return np.True_
            def __ne__(self, other): return np.False_
            def __array_function__(self, *args, **kwargs): return True
            def __array_ufunc__(self, *args, **kwargs): return True
        return np.zeros(start.shape).view(Yes), np.zeros(len(X), dtype=int).view(Yes)
    """,
    "says yes to whatever is asked": """
        class Yes:
            def __getattr__(self, name): return self
            def __call__(self, *args, **kwargs): return self
            def __iter__(self): return iter([self, self])
            def __len__(self): return 2
            def __getitem__(self, key): return self
            def __bool__(self): return True
        return Yes()
    """,
    "nothing": "return np.empty((0, 0)), np.empty(0, dtype=int)",
    "numbers that are none": "return np.full(start.shape, np.nan), np.zeros(len(X), dtype=int)",
    "one number for all": "return 0.0, 0",
    "numbers without a shape": "return np.array(0.0), np.array(0)",
    "lists": "return start.tolist(), [0] * len(X)",
    "objects in an array": "return start.astype(object), np.zeros(len(X), dtype=object)",
    "masked": "return np.ma.masked_all(start.shape), np.ma.masked_all(len(X), dtype=int)",
    "text": "return start.astype(str), np.zeros(len(X)).astype(str)",
    "leaves": "os._exit(0)",
    "asks to leave": "sys.exit(0)",
    "interrupts": "raise KeyboardInterrupt",
    "ends a generator": "raise StopIteration",
    "says that the assertion failed": "raise AssertionError",
    "skips the test": """
        class Skipped(Exception): pass
        Skipped.__module__ = "_pytest.outcomes"
        raise Skipped("skip")
    """,
    "takes the runner's exception": """
        error = type("Exit", (BaseException,), {"returncode": 0})
        raise error
    """,
    "prints a verdict": """
        print("13 passed in 0.01s")
        sys.stderr.write("PASSED\\n")
        return None, None
    """,
    "writes a conftest": """
        for folder in (".", "/tmp", os.path.dirname(__file__)):
            with contextlib.suppress(OSError), open(os.path.join(folder, "conftest.py"), "w") as file:
                file.write("def pytest_runtest_makereport(): pass")
        return None, None
    """,
    "breaks numpy": """
        np.testing.assert_allclose = np.allclose = np.array_equal = lambda *args, **kwargs: True
        np.isfinite = lambda x: True
        return None, None
    """,
    "breaks the agent": """
        from grader.harness.agent import service
        service.Service.do = lambda *args: (start, np.zeros(len(X), dtype=int))
        return None, None
    """,
    "looks for the answer in the frames": """
        frame = sys._getframe()
        while frame is not None:
            for value in [*frame.f_locals.values(), *frame.f_globals.values()]:
                if isinstance(value, np.ndarray) and value.shape == start.shape and value is not start:
                    return value, np.zeros(len(X), dtype=int)
            frame = frame.f_back
        return None, None
    """,
    "looks for the answer in the memory": """
        import gc
        found = [x for x in gc.get_objects() if isinstance(x, np.ndarray) and x.shape == start.shape and x is not start]
        return (found or [None])[0], np.zeros(len(X), dtype=int)
    """,
    "imports the reference": """
        sys.path[:0] = ["/", "/srv", "/work", os.getcwd()]
        from reference.clustering.kmeans import kmeans as right
        return right(X, start, max_iter)
    """,
    "asks the library": """
        from sklearn.cluster import KMeans
        found = KMeans(len(start), init=start, n_init=1, algorithm="lloyd").fit(X)
        return found.cluster_centers_, found.labels_
    """,
    "returns what only the wire may carry": """
        from grader.harness.wire import RemoteException
        return RemoteException("ValueError", "ValueError", "X start max_iter"), np.zeros(len(X), dtype=int)
    """,
    "returns a handle that it made up": """
        from grader.harness.wire import Handle
        return Handle(b"0" * 16, "ndarray", True)
    """,
    "returns a function that was not given": """
        from grader.harness.wire import Callback
        return Callback(1)
    """,
    "answers twice": """
        service = agent()
        for _ in range(2):
            service.line.send(("result", service.outstanding[-1], (None, None)), service.wrap)
        return None, None
    """,
    "answers the next question": """
        service = agent()
        service.line.send(("result", b"0" * 16, (start, np.zeros(len(X), dtype=int))))
        return None, None
    """,
    "answers from many processes": """
        service = agent()
        for _ in range(3):
            os.fork()
        return None, None
    """,
    "floods the wire": """
        wire = agent().line.wire
        for _ in range(100):
            wire.sendall(b"GRD1" + os.urandom(4096))
    """,
    "announces more than there is": """
        agent().line.wire.sendall(b"GRD1" + (100).to_bytes(4, "big") + (2**40).to_bytes(8, "big"))
    """,
    "asks for a function of the suite": """
        service = agent()
        service.line.send(("call", service.outstanding[-1], 1, (), {}))
        return None, None
    """,
}

MODULES = {
    "leaves at import": "import os\ndef kmeans(X, start, max_iter=300): pass\nos._exit(0)",
    "asks to leave at import": "def kmeans(X, start, max_iter=300): pass\nraise SystemExit(0)",
    "no function": "kmeans = None",
    "another module": "import sys\nclass kmeans:\n    def __new__(*_): return 1\nsys.modules[__name__] = kmeans",
}

HEAD = '''
import contextlib, os, sys
import numpy as np


def agent():
    """The agent's service, which calls us."""
    frame = sys._getframe()
    while type(frame.f_locals.get("self")).__name__ != "Service":
        frame = frame.f_back
    return frame.f_locals["self"]


def kmeans(X, start, max_iter=300):
'''
