"""Layers, losses and optimisers of PyTorch with their gradients: layers_pytorch.safetensors."""
import numpy as np
import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

import golden

BATCH, TIME, IN, HIDDEN, EMBED, HEADS = 4, 11, 7, 6, 12, 3
LENGTHS = torch.tensor([11, 7, 3, 1])
MASK = torch.arange(TIME)[None, :] < LENGTHS[:, None]  # [batch, time], true where the sequence has a value


def differentiate(out, name, layer, inputs, outputs):
    """Stores outputs, inputs and parameters, and the gradients of sum(output * cotangent) over all outputs."""
    total = 0
    for key, value in outputs.items():
        cotangent = torch.randn_like(value)
        out.output(f"{name}.out.{key}", value.detach())
        out.input(f"{name}.cotangent.{key}", cotangent)
        total = total + (value * cotangent).sum()
    total.backward()
    for key, value in inputs.items():
        out.input(f"{name}.in.{key}", value.detach())
        out.output(f"{name}.grad.in.{key}", value.grad)
    for key, value in layer.named_parameters():
        out.input(f"{name}.param.{key}", value.detach())
        out.output(f"{name}.grad.param.{key}", value.grad)


def recurrent(out):
    for cell, kind in (("lstm", nn.LSTM), ("gru", nn.GRU)):
        for bidirectional in (False, True):
            for layers in (1, 2):
                layer = kind(IN, HIDDEN, num_layers=layers, bidirectional=bidirectional, batch_first=True)
                x = torch.randn(BATCH, TIME, IN, requires_grad=True)
                packed, last = layer(pack_padded_sequence(x, LENGTHS, batch_first=True, enforce_sorted=False))
                y, _ = pad_packed_sequence(packed, batch_first=True, total_length=TIME)
                outputs = {"y": y, "h": last} if cell == "gru" else {"y": y, "h": last[0], "c": last[1]}
                name = f"{cell}{'.bi' if bidirectional else ''}.layers{layers}"
                differentiate(out, name, layer, {"x": x}, outputs)


def attention(out):
    layer = nn.MultiheadAttention(EMBED, HEADS, batch_first=True)
    nn.init.normal_(layer.in_proj_bias)
    nn.init.normal_(layer.out_proj.bias)
    x = torch.randn(BATCH, TIME, EMBED, requires_grad=True)
    y, weights = layer(x, x, x, key_padding_mask=~MASK, need_weights=True)
    differentiate(out, "selfAttention", layer, {"x": x}, {"y": y})
    out.output("selfAttention.weightsMeanOverHeads", weights.detach())

    layer = nn.MultiheadAttention(EMBED, HEADS, batch_first=True)
    query = torch.randn(BATCH, 5, EMBED, requires_grad=True)
    key_value = torch.randn(BATCH, TIME, EMBED, requires_grad=True)
    y, _ = layer(query, key_value, key_value, key_padding_mask=~MASK, need_weights=True)
    differentiate(out, "crossAttention", layer, {"query": query, "keyValue": key_value}, {"y": y})


def by_row(out):
    layer = nn.LayerNorm(EMBED)
    nn.init.normal_(layer.weight)
    nn.init.normal_(layer.bias)
    x = torch.randn(BATCH, TIME, EMBED, requires_grad=True)
    differentiate(out, "layerNorm", layer, {"x": x}, {"y": layer(x)})

    layer = nn.Linear(IN, HIDDEN)
    x = torch.randn(BATCH, TIME, IN, requires_grad=True)
    differentiate(out, "linear", layer, {"x": x}, {"y": layer(x)})

    layer = nn.Embedding(9, 5)
    ids = torch.tensor([[1, 2, 2, 8], [0, 0, 1, 3]])
    out.input("embedding.ids", ids)
    differentiate(out, "embedding", layer, {}, {"y": layer(ids)})

    layer = nn.Conv1d(IN, 5, 3, padding=1)
    x = torch.randn(BATCH, IN, TIME, requires_grad=True)
    differentiate(out, "conv1d", layer, {"x": x}, {"y": layer(x)})


def cross_entropy(out):
    logits = torch.randn(9, 4, requires_grad=True)
    labels = torch.tensor([0, 3, 1, 1, 2, 0, 3, 2, 2])
    weights = torch.tensor([1.0, 2.0, 0.5, 3.0])
    kinds = {"plain": {}, "weighted": {"weight": weights}, "smooth": {"label_smoothing": 0.1}}
    for kind, arguments in kinds.items():
        for reduction in ("sum", "mean"):
            logits.grad = None
            loss = nn.functional.cross_entropy(logits, labels, reduction=reduction, **arguments)
            loss.backward()
            out.output(f"crossEntropy.{kind}.{reduction}.loss", loss.detach())
            out.output(f"crossEntropy.{kind}.{reduction}.grad", logits.grad)
    out.input("crossEntropy.logits", logits.detach())
    out.input("crossEntropy.labels", labels)
    out.input("crossEntropy.weights", weights)


def optimisers(out):
    gradients = torch.randn(20, 13)
    out.input("optim.grads", gradients)
    kinds = {
        "adam": lambda p: torch.optim.Adam(p, lr=1e-2, weight_decay=1e-3),
        "adamw": lambda p: torch.optim.AdamW(p, lr=1e-2, weight_decay=1e-2),
        "sgdMomentum": lambda p: torch.optim.SGD(p, lr=1e-2, momentum=0.9, weight_decay=1e-3),
        "sgdNesterov": lambda p: torch.optim.SGD(p, lr=1e-2, momentum=0.9, nesterov=True),
    }
    for kind, optimiser_of in kinds.items():
        parameter = nn.Parameter(torch.full((13,), 0.5))
        optimiser = optimiser_of([parameter])
        path = []
        for gradient in gradients:
            parameter.grad = gradient.clone()
            optimiser.step()
            path.append(parameter.detach().numpy().copy())
        out.output(f"optim.{kind}", np.stack(path))


def make(out):
    torch.set_num_threads(1)
    torch.manual_seed(golden.SEED)
    out.record.update(
        torch=torch.__version__,
        numpy=np.__version__,
        seed=golden.SEED,
        layout="batch first; rnn packed with `lengths`, outputs past a length are 0; weights [gates*H, in]; "
        "lstm gates i,f,g,o; gru gates r,z,n; param names are PyTorch's (_l1 second layer, _reverse backward "
        "direction); out.h, out.c [layers*directions, batch, H]",
        attention="3 heads, in_proj_weight = [query; key; value], mask 1 = real position, dropout off; "
        "weightsMeanOverHeads = attention weights averaged over heads; queries at padded positions are computed too",
        layerNorm="eps 1e-5",
        conv1d="input [batch, channels, time], kernel 3, padding 1",
        embedding="embedding.ids are the indices",
        crossEntropy="weighted: class weights crossEntropy.weights, mean divides by the sum of weights; "
        "smooth: label smoothing 0.1",
        optim="one parameter of 13 values starting at 0.5, gradient row s at step s, value after each step; "
        "adam lr 1e-2, weight decay 1e-3 in the gradient; adamw lr 1e-2, decoupled decay 1e-2; "
        "sgdMomentum lr 1e-2, momentum .9, decay 1e-3; sgdNesterov lr 1e-2, momentum .9; betas .9 .999, eps 1e-8",
        gradients="grad.* are the gradients of sum(out.NAME * cotangent.NAME) over all outputs",
    )
    out.input("lengths", LENGTHS)
    out.input("mask", MASK)
    recurrent(out)
    attention(out)
    by_row(out)
    cross_entropy(out)
    optimisers(out)


if __name__ == "__main__":
    golden.main("layers_pytorch", make, tolerance=1e-6)
