"""A small model of single utterances in PyTorch, end to end: computes utterance_model_pytorch.safetensors again.

Inputs and parameters are those of the committed file: they were drawn after the released model of
dialogue_pytorch.py had drawn its own from the same stream, and that model is not in this repository.
"""
import torch
from torch import nn
from torch.nn.functional import cross_entropy
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

import golden

NAME = "utterance_model_pytorch"


def mask_of(lengths, time):
    """[batch, time], true where the sequence has a value."""
    return torch.arange(time)[None, :] < lengths[:, None]


def mean_over_time(x, lengths):
    return (x * mask_of(lengths, x.shape[1])[:, :, None]).sum(1) / lengths[:, None]


class UtteranceModel(nn.Module):
    def __init__(self):
        super().__init__()
        self.audioLstm = nn.LSTM(10, 8, bidirectional=True, batch_first=True)
        self.audioAttention = nn.MultiheadAttention(16, 4, batch_first=True)
        self.audioHead = nn.Linear(16, 4)
        self.textEmbedding = nn.Embedding(23, 12)
        self.textAttention = nn.MultiheadAttention(12, 4, batch_first=True)
        self.textHead = nn.Linear(12, 4)

    def audio_logits(self, audio, lengths):
        packed = pack_padded_sequence(audio, lengths, batch_first=True, enforce_sorted=False)
        states, _ = pad_packed_sequence(self.audioLstm(packed)[0], batch_first=True)
        padding = ~mask_of(lengths, states.shape[1])
        attended, _ = self.audioAttention(states, states, states, key_padding_mask=padding)
        return self.audioHead(mean_over_time(attended, lengths))

    def text_logits(self, ids, lengths):
        words = self.textEmbedding(ids)
        padding = ~mask_of(lengths, words.shape[1])
        attended, _ = self.textAttention(words, words, words, key_padding_mask=padding)
        return self.textHead(mean_over_time(attended, lengths))


def make(out):
    torch.set_num_threads(1)
    given, record = golden.read(NAME)
    out.record.update(record)
    out.record["torch"] = torch.__version__
    for key in given:
        if key.startswith("param.") or key in ("audio", "ids", "labels", "audioLengths", "textLengths"):
            out.input(key, given[key])
    audio, ids, audio_lengths, text_lengths = (
        torch.tensor(given[key]) for key in ("audio", "ids", "audioLengths", "textLengths")
    )
    labels = torch.tensor(given["labels"]).long()
    model = UtteranceModel()
    with torch.no_grad():
        for key, parameter in model.named_parameters():
            parameter.copy_(torch.tensor(given[f"param.{key}"]))

    def logits_and_losses():
        """The logits [audio, text] and the perspective losses [fused, audio, text], sums over the batch."""
        z_audio, z_text = model.audio_logits(audio, audio_lengths), model.text_logits(ids, text_lengths)
        return (z_audio, z_text), [cross_entropy(z, labels, reduction="sum") for z in (z_audio + z_text, z_audio, z_text)]

    (z_audio, z_text), losses = logits_and_losses()
    sum(losses).backward()
    out.output("audioLogits", z_audio.detach())
    out.output("textLogits", z_text.detach())
    out.output("losses", [loss.item() for loss in (sum(losses), *losses)])
    for key, parameter in model.named_parameters():
        out.output(f"grad.{key}", parameter.grad.clone())

    optimiser = torch.optim.Adam(model.parameters(), lr=1e-2, weight_decay=1e-5)
    path = []
    for _ in range(10):
        optimiser.zero_grad()
        _, losses = logits_and_losses()
        total = sum(losses)
        total.backward()
        optimiser.step()
        path.append(total.item())
    out.output("tenAdamStepLosses", path)


if __name__ == "__main__":
    golden.main(NAME, make, tolerance=2e-6)
