"""Another way round: setup_context and einsum, one hook for all modules of torch, checksums bit by bit, bytearrays."""

import math
import operator
import struct

import torch
from torch.nn.modules.module import register_module_forward_hook


def must(good, name):
    if not good:
        raise ValueError(f"the argument {name} is not suitable")


class Bilinear(torch.autograd.Function):
    @staticmethod
    def forward(x, W, z, scale):
        return torch.einsum("ij,jl,il->i", x, W, z) * scale

    @staticmethod
    def setup_context(ctx, inputs, output):
        *tensors, ctx.scale = inputs
        ctx.save_for_backward(*tensors)

    @staticmethod
    def backward(ctx, grad):
        x, W, z = ctx.saved_tensors
        grad = grad * ctx.scale
        results = [None] * 4
        if ctx.needs_input_grad[0]:
            results[0] = torch.einsum("i,jl,il->ij", grad, W, z)
        if ctx.needs_input_grad[1]:
            results[1] = torch.einsum("i,ij,il->jl", grad, x, z)
        if ctx.needs_input_grad[2]:
            results[2] = torch.einsum("i,ij,jl->il", grad, x, W)
        return tuple(results)


def bilinear(x, W, z, scale=1.0):
    for name, matrix in zip("xWz", (x, W, z)):
        must(torch.is_tensor(matrix) and matrix.ndim == 2 and matrix.numel() > 0, name)
        must(matrix.is_floating_point() and bool(matrix.isfinite().all()), name)
    must(len(W) == x.shape[1], "W")
    must(z.shape == (len(x), W.shape[1]), "z")
    must(math.isfinite(scale), "scale")
    return Bilinear.apply(x, W, z, scale)


def summary(model, example):
    must(isinstance(model, torch.nn.Module), "model")
    must(torch.is_tensor(example) and example.numel() > 0, "example")
    names = {module: name for name, module in model.named_modules()}
    training = {module for module in names if module.training}
    rows, known = [], []

    def hook(module, given, output):
        if module not in names or len(list(module.modules())) > 1:
            return
        tensor = output[0] if isinstance(output, tuple) else output
        count = 0
        for p in module.parameters():
            if not any(p is other for other in known):
                known.append(p)
                count += math.prod(p.shape)
        rows.append((names[module], tuple(tensor.shape), count))

    handle = register_module_forward_hook(hook)
    try:
        for module in names:
            module.training = False
        with torch.inference_mode():
            model(example.clone())
    finally:
        handle.remove()
        for module in names:
            module.training = module in training
    return rows


def total(rows):
    result = 0
    for row in rows:
        result += row[-1]
    return result


def crc32c(data):
    must(isinstance(data, bytes), "data")
    crc = 2**32 - 1
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc, last = divmod(crc, 2)
            if last:
                crc ^= 0x82F63B78
    return 2**32 - 1 - crc


def signed(data):
    crc = crc32c(data)
    turned = crc // 2**15 + crc % 2**15 * 2**17
    return data + ((turned + 0xA282EAD8) % 2**32).to_bytes(4, "little")


def record(data):
    must(isinstance(data, bytes), "data")
    return signed(len(data).to_bytes(8, "little")) + signed(data)


def varint(number):
    more, last = divmod(number, 128)
    return bytes([last]) if more == 0 else bytes([last + 128]) + varint(more)


def field(number, value):
    if isinstance(value, int):
        return varint(8 * number) + varint(value)
    return varint(8 * number + 2) + varint(len(value)) + value


def event(wall_time, step, tag, value):
    must(isinstance(wall_time, (int, float)) and math.isfinite(wall_time), "wall_time")
    must(hasattr(step, "__index__") and 0 <= operator.index(step) < 2**63, "step")
    must(isinstance(tag, str) and tag != "", "tag")
    must(isinstance(value, (int, float)), "value")
    point = bytearray(field(1, tag.encode("utf-8")))
    point += b"\x15" + struct.pack("<f", value)
    return b"\x09" + struct.pack("<d", wall_time) + field(2, int(step)) + field(5, field(1, bytes(point)))


def event_file(entries):
    start = entries[0][0] if len(entries) > 0 else 0.0
    result = record(b"\x09" + struct.pack("<d", start) + field(3, b"brain.Event:2"))
    for entry in entries:
        result += record(event(*entry))
    return result
