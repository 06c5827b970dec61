"""torch's own blocks with the weights of ours."""

import torch
from torch import nn


def attention(into, ours):
    """Copy a `MultiHead` into torch's module."""
    into.in_proj_weight.copy_(torch.cat([ours.w_q, ours.w_k, ours.w_v]))
    into.in_proj_bias.copy_(torch.cat([ours.b_q, ours.b_k, ours.b_v]))
    into.out_proj.weight.copy_(ours.w_o)
    into.out_proj.bias.copy_(ours.b_o)


def block(kind, ours, heads):
    """torch's layer of this kind (`nn.TransformerEncoderLayer` or the decoder's) with the parameters of our block."""
    made = kind(ours.d, heads, ours.linear1.out_features, dropout=0.0, batch_first=True).double()
    with torch.no_grad():
        attention(made.self_attn, ours.attention)
        if isinstance(made, nn.TransformerDecoderLayer):
            attention(made.multihead_attn, ours.cross)
        for name, part in ours.named_children():
            if name.startswith(("linear", "norm")):
                getattr(made, name).load_state_dict(part.state_dict())
    return made.train()
