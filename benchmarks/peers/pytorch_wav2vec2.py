#!/usr/bin/env python3
"""Peer for the encoders benchmark: wav2vec 2.0 of the base model's size in PyTorch, on the CPU, written from its formulas.

    apt-get install python3-torch          # PyTorch 1.13 from Debian
    pytorch_wav2vec2.py FOLDER SAMPLES STATE

FOLDER has model.safetensors, with the weights of the positional convolution folded; SAMPLES are float32 at 16 kHz. The last
state, [frames, 768] in float32, is written to STATE, so that both programs are known to compute the same. Then each line of
the input, "threads passes", is answered by seconds, seconds of processor time and the peak of memory in bytes.
"""
import json, math, mmap, struct, sys, time
import torch
import torch.nn.functional as F

STRIDES, HEADS, LAYERS = [5, 2, 2, 2, 2, 2, 2], 12, 12


def weights(path):
    with open(path, "rb") as file:
        bytes_ = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
    start = 8 + struct.unpack("<Q", bytes_[:8])[0]
    tensors = {}
    for name, of in json.loads(bytes_[8:start]).items():
        if name != "__metadata__":
            count = math.prod(of["shape"])
            flat = torch.frombuffer(bytes_, dtype=torch.float32, count=count, offset=start + of["data_offsets"][0])
            tensors[name] = flat.reshape(of["shape"])
    return tensors


w = weights(sys.argv[1] + "/model.safetensors")
samples = torch.frombuffer(bytearray(open(sys.argv[2], "rb").read()), dtype=torch.float32)


def linear(name, x):
    return F.linear(x, w[name + ".weight"], w[name + ".bias"])


def norm(name, x):
    return F.layer_norm(x, x.shape[-1:], w[name + ".weight"], w[name + ".bias"], 1e-5)


def attention(name, x):
    rows, width = x.shape
    q, k, v = (linear(f"{name}.{part}_proj", x).view(rows, HEADS, -1).transpose(0, 1) for part in "qkv")
    found = F.softmax(q @ k.transpose(1, 2) / math.sqrt(width // HEADS), dim=-1) @ v
    return linear(name + ".out_proj", found.transpose(0, 1).reshape(rows, width))


def states(x):
    x = ((x - x.mean()) / torch.sqrt(x.var(unbiased=False) + 1e-7))[None, None]
    for layer, stride in enumerate(STRIDES):
        name = f"feature_extractor.conv_layers.{layer}"
        x = F.conv1d(x, w[name + ".conv.weight"], stride=stride)
        if layer == 0:
            x = F.group_norm(x, x.shape[1], w[name + ".layer_norm.weight"], w[name + ".layer_norm.bias"], 1e-5)
        x = F.gelu(x)
    x = linear("feature_projection.projection", norm("feature_projection.layer_norm", x[0].T))
    name = "encoder.pos_conv_embed.conv"
    y = F.conv1d(x.T[None], w[name + ".weight"], w[name + ".bias"], padding=64, groups=16)[0, :, :-1]
    x = norm("encoder.layer_norm", x + F.gelu(y).T)
    for layer in range(LAYERS):
        name = f"encoder.layers.{layer}"
        x = norm(name + ".layer_norm", x + attention(name + ".attention", x))
        wide = F.gelu(linear(name + ".feed_forward.intermediate_dense", x))
        x = norm(name + ".final_layer_norm", x + linear(name + ".feed_forward.output_dense", wide))
    return x


with torch.inference_mode():
    open(sys.argv[3], "wb").write(states(samples).contiguous().numpy().tobytes())
    print("ready", flush=True)
    for line in sys.stdin:
        threads, passes = map(int, line.split())
        torch.set_num_threads(threads)
        wall, processor = time.perf_counter(), time.process_time()
        for _ in range(passes):
            states(samples)
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
        peak = next(int(at.split()[1]) for at in open("/proc/self/status") if at.startswith("VmHWM"))
        print(wall / passes, processor / passes, 1024 * peak, flush=True)
