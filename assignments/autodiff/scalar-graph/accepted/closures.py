"""One class that records closures; the static graph replays a tape of lambdas; dual numbers are tuples inside."""

import math


class Value:
    def __init__(self, data, inputs=()):
        self.data, self.grad, self.inputs = float(data), 0.0, inputs
        self.push = lambda: None

    @staticmethod
    def make(data, *pairs):
        out = Value(data, tuple(node for node, _ in pairs))

        def push():
            for node, slope in pairs:
                node.grad = node.grad + slope * out.grad

        out.push = push
        return out

    @staticmethod
    def of(x):
        return x if isinstance(x, Value) else Value(x)

    def __add__(self, o):
        o = Value.of(o)
        return Value.make(self.data + o.data, (self, 1.0), (o, 1.0))

    def __mul__(self, o):
        o = Value.of(o)
        return Value.make(self.data * o.data, (self, o.data), (o, self.data))

    def __pow__(self, o):
        if isinstance(o, Value):
            p = math.pow(self.data, o.data)
            return Value.make(p, (self, o.data * math.pow(self.data, o.data - 1)), (o, p * math.log(self.data)))
        return Value.make(self.data**o, (self, 0.0 if o == 0 else o * self.data ** (o - 1)))

    def __neg__(self):
        return Value.make(-self.data, (self, -1.0))

    def __sub__(self, o):
        return self + (-Value.of(o))

    def __truediv__(self, o):
        return self * Value.of(o) ** -1

    def __rsub__(self, o):
        return Value.of(o) - self

    def __rtruediv__(self, o):
        return Value.of(o) / self

    def __rpow__(self, o):
        return Value.of(o) ** self

    __radd__, __rmul__ = __add__, __mul__

    def apply(self, function, derivative):
        return Value.make(function(self.data), (self, derivative(self.data)))

    def backward(self):
        uses, stack, found = {}, [self], {id(self): self}
        while stack:
            for node in stack.pop().inputs:
                uses[id(node)] = uses.get(id(node), 0) + 1
                if id(node) not in found:
                    found[id(node)] = node
                    stack.append(node)
        for node in found.values():
            node.grad = 0.0
        self.grad, ready = 1.0, [self]
        while ready:
            node = ready.pop()
            node.push()
            for parent in node.inputs:
                uses[id(parent)] -= 1
                if uses[id(parent)] == 0:
                    ready.append(parent)


class Dual:
    def __init__(self, v, d=0.0):
        self.v, self.d = v, d

    @staticmethod
    def of(x):
        return x if isinstance(x, Dual) else Dual(float(x))

    def __add__(self, o):
        o = Dual.of(o)
        return Dual(self.v + o.v, self.d + o.d)

    def __neg__(self):
        return Dual(-self.v, -self.d)

    def __mul__(self, o):
        o = Dual.of(o)
        return Dual(self.v * o.v, self.d * o.v + self.v * o.d)

    def __truediv__(self, o):
        o = Dual.of(o)
        return Dual(self.v / o.v, (self.d * o.v - self.v * o.d) / o.v**2)

    def __pow__(self, o):
        if isinstance(o, Dual):
            p = self.v**o.v
            return Dual(p, p * ((math.log(self.v) * o.d if o.d else 0.0) + o.v * self.d / self.v))
        return Dual(self.v**o, o * self.v ** (o - 1) * self.d if o else 0.0)

    def __sub__(self, o):
        return self + -Dual.of(o)

    def __rsub__(self, o):
        return Dual.of(o) - self

    def __rtruediv__(self, o):
        return Dual.of(o) / self

    def __rpow__(self, o):
        return Dual.of(o) ** self

    __radd__, __rmul__ = __add__, __mul__

    def apply(self, function, derivative):
        return Dual(function(self.v), derivative(self.v) * self.d)


def forward_derivative(function, inputs, index):
    if index not in range(len(inputs)):
        raise ValueError("index: there is no such input")
    out = Dual.of(function(*[Dual(float(v), 1.0 if i == index else 0.0) for i, v in enumerate(inputs)]))
    return float(out.v), float(out.d)


class Node:
    """A symbol: how to compute it from a Value for each of its inputs."""

    def __init__(self, rule, *inputs):
        self.rule, self.inputs = rule, inputs

    def _two(self, rule, o):
        return Node(rule, self, o) if isinstance(o, Node) else Node(lambda a: rule(a, o), self)

    def __add__(self, o):
        return self._two(lambda a, b: a + b, o)

    def __sub__(self, o):
        return self._two(lambda a, b: a - b, o)

    def __mul__(self, o):
        return self._two(lambda a, b: a * b, o)

    def __truediv__(self, o):
        return self._two(lambda a, b: a / b, o)

    def __pow__(self, o):
        return self._two(lambda a, b: a**b, o)

    def __neg__(self):
        return Node(lambda a: -a, self)

    def __rsub__(self, o):
        return Node(lambda a: o - a, self)

    def __rtruediv__(self, o):
        return Node(lambda a: o / a, self)

    def __rpow__(self, o):
        return Node(lambda a: o**a, self)

    __radd__, __rmul__ = __add__, __mul__

    def apply(self, function, derivative):
        return Node(lambda a: a.apply(function, derivative), self)


class StaticGraph:
    def __init__(self, function, n_inputs):
        if n_inputs < 1:
            raise ValueError("n_inputs: at least one is needed")
        self.inputs = [Node(None) for _ in range(n_inputs)]
        self.result = function(*self.inputs)
        self.order, self.last = [], None
        stack, seen = [(self.result, 0)] if isinstance(self.result, Node) else [], set()
        while stack:
            node, done = stack.pop()
            if done:
                self.order.append(node)
            elif id(node) not in seen:
                seen.add(id(node))
                stack += [(node, 1)] + [(child, 0) for child in node.inputs]

    def forward(self, inputs):
        if len(inputs) != len(self.inputs):
            raise ValueError("inputs: their number is wrong")
        made = {id(node): Value(v) for node, v in zip(self.inputs, inputs)}
        for node in self.order:
            if node.rule is not None:
                made[id(node)] = node.rule(*[made[id(child)] for child in node.inputs])
        self.last = made, Value.of(made[id(self.result)] if isinstance(self.result, Node) else self.result)
        return self.last[1].data

    def backward(self):
        if self.last is None:
            raise RuntimeError("there was no forward yet")
        made, out = self.last
        out.backward()
        return [made[id(node)].grad if node in self.order else 0.0 for node in self.inputs]
