#!/usr/bin/env python3
"""Peer of `serve`: the same model's arithmetic in PyTorch behind the standard library's threaded server.

    apt-get install python3-torch python3-numpy
    pytorch_service.py MODEL.safetensors PORT [PROCESSES]

It reads a model file of Parallax of one kind: features `psf`, BiLSTM and self-attention, words and self-attention, late-add
(`train --features psf --corpus manifest:...`), and answers POST of a form with `audio` (WAV, 16 bits, at the model's rate) and `text` with
{"fused": [...], "audio": [...], "text": [...]}: softmax(logits / temperature). It has no limits, searches for no faults, and
says nothing of sureness, so it does less than what it is compared with. With PROCESSES above 1 they share the port.
"""
import email, email.policy, io, json, os, re, socket, struct, sys, threading, wave
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
import numpy as np
import torch
from torch import nn

torch.set_num_threads(1)  # requests are the threads
TYPES = {"F32": np.float32, "I32": np.int32, "U8": np.uint8}


def read(path):
    """The settings and the tensors of a model file (safetensors)."""
    data = open(path, "rb").read()
    (size,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8:8 + size])
    settings = json.loads(header.pop("__metadata__")["parallax"])
    tensors = {}
    for name, entry in header.items():
        start, end = (8 + size + offset for offset in entry["data_offsets"])
        tensors[name] = np.frombuffer(data[start:end], TYPES[entry["dtype"]]).reshape(entry["shape"])
    return settings, tensors


class Psf:
    """Cepstra by the formulas of python_speech_features, `stack` frames side by side."""

    def __init__(self, stack):
        self.stack = stack
        mel = np.linspace(0, 2595 * np.log10(1 + 8000 / 700), 28)
        bins = np.floor(513 * (700 * (10 ** (mel / 2595) - 1)) / 16000).astype(int)
        bank = np.zeros((26, 257))
        for i in range(26):
            a, b, c = bins[i:i + 3]
            bank[i, a:b] = (np.arange(a, b) - a) / (b - a)
            bank[i, b:c] = (c - np.arange(b, c)) / (c - b)
        k, n = np.arange(13)[:, None], np.arange(26)[None]
        dct = np.cos(np.pi * k * (2 * n + 1) / 52) * np.sqrt(np.where(k == 0, 1 / 26, 2 / 26))
        lifter = 1 + 11 * np.sin(np.pi * np.arange(13) / 22)
        self.bank = torch.tensor(bank.T, dtype=torch.float32)
        self.dct = torch.tensor((dct * lifter[:, None]).T, dtype=torch.float32)

    def __call__(self, samples):
        x = torch.cat((samples[:1], samples[1:] - 0.97 * samples[:-1]))
        frames = 1 if len(x) <= 400 else 1 + -(-(len(x) - 400) // 160)
        x = nn.functional.pad(x, (0, (frames - 1) * 160 + 400 - len(x))).unfold(0, 400, 160)
        power = torch.fft.rfft(x, 512).abs().square() / 512
        tiny = torch.finfo(torch.float64).eps
        rows = torch.log((power @ self.bank).clamp_min(tiny)) @ self.dct
        rows[:, 0] = torch.log(power.sum(1).clamp_min(tiny))
        whole = -(-len(rows) // self.stack) * self.stack
        if whole > len(rows):  # the last row again, as often as a whole stack needs
            rows = torch.cat((rows, rows[-1:].expand(whole - len(rows), -1)))
        return rows.reshape(whole // self.stack, -1)


class Model:
    def __init__(self, path):
        settings, tensors = read(path)
        self.temperatures = settings["answers"]["temperatures"]
        t = {name: torch.from_numpy(value.copy()) for name, value in tensors.items()}
        offsets, utf8 = tensors["text.vocabulary.offsets"], tensors["text.vocabulary.utf8"].tobytes()
        words = [utf8[a:b].decode() for a, b in zip(offsets[:-1], offsets[1:])]
        self.ids = {word: i for i, word in enumerate(words)}
        self.psf = Psf(settings["config"]["features"]["stack"])
        self.lstm = nn.LSTM(52, 64, bidirectional=True, batch_first=True)
        self.lstm.load_state_dict({
            f"{torch_name}_l0{end}": t[f"audio.lstm.{name}.0{'.reverse' if end else ''}"]
            for torch_name, name in (("weight_ih", "weightIh"), ("weight_hh", "weightHh"),
                                     ("bias_ih", "biasIh"), ("bias_hh", "biasHh"))
            for end in ("", "_reverse")})
        self.embedding = t["text.embedding.weight"]
        self.attention = {kind: self.attend(t, kind) for kind in ("audio", "text")}
        self.heads = {kind: (t[f"{kind}.head.weight"], t[f"{kind}.head.bias"]) for kind in ("audio", "text")}

    @staticmethod
    def attend(t, kind):
        width = t[f"{kind}.attention.out.bias"].shape[0]
        attention = nn.MultiheadAttention(width, 4, batch_first=True)
        attention.load_state_dict({
            "in_proj_weight": t[f"{kind}.attention.inWeight"], "in_proj_bias": t[f"{kind}.attention.inBias"],
            "out_proj.weight": t[f"{kind}.attention.out.weight"], "out_proj.bias": t[f"{kind}.attention.out.bias"]})
        return attention.eval()

    def logits(self, kind, x):
        h, _ = self.attention[kind](x, x, x, need_weights=False)
        weight, bias = self.heads[kind]
        return nn.functional.linear(h.mean(1), weight, bias)[0]

    @torch.inference_mode()
    def __call__(self, samples, text):
        rows = self.psf(samples)
        audio = self.logits("audio", self.lstm(rows[None])[0])
        words = re.findall(r"\w+|[^\w\s]", text.lower())
        ids = torch.tensor([self.ids.get(word, 0) for word in words])
        spoken = self.logits("text", self.embedding[ids][None])
        return {kind: torch.softmax(z / self.temperatures.get(kind, 1.0), 0).tolist()
                for kind, z in (("fused", audio + spoken), ("audio", audio), ("text", spoken))}


def form(handler):
    body = handler.rfile.read(int(handler.headers["Content-Length"]))
    head = b"Content-Type: " + handler.headers["Content-Type"].encode() + b"\r\n\r\n"
    message = email.message_from_bytes(head + body, policy=email.policy.HTTP)
    return {part.get_param("name", header="content-disposition"): part.get_payload(decode=True)
            for part in message.iter_parts()}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        parts = form(self)
        with wave.open(io.BytesIO(parts["audio"])) as file:
            samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32) / 32768
        answer = json.dumps(model(torch.from_numpy(samples), parts["text"].decode())).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def server_bind(self):
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        super().server_bind()


if __name__ == "__main__":
    model = Model(sys.argv[1])
    for _ in range(int(sys.argv[3]) - 1 if len(sys.argv) > 3 else 0):
        if os.fork() == 0:
            break
    Server(("127.0.0.1", int(sys.argv[2])), Handler).serve_forever()
