"""The paper's model of dialogues in PyTorch: computes paper_model_pytorch.safetensors again.

The committed numbers were computed by the authors' released model, which is not in this repository. This is the same
model written anew, after the formulas in docs/paper.md and docs/fusion.md, so it only compares. The inputs are drawn;
the parameters and omega, which the released constructor drew, are those of the committed file.
"""
import torch
from torch import nn
from torch.nn.functional import cross_entropy
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

import golden
import layers_pytorch

NAME = "paper_model_pytorch"
TEXT, SIZE, HIDDEN, HEADS, CLASSES = 48, 100, 50, 4, 4
LENGTHS, TIME = torch.tensor([13, 9, 5]), 13  # utterances of each dialogue, and of the longest
FUSIONS = ("ADD", "AT_fusion", "Concat")


class DialogueModel(nn.Module):
    """GRU, self-attention, dense layer and head for each perspective; then late fusion. Layers bear the file's names."""

    def __init__(self, fusion, omega):
        super().__init__()
        self.fusion, self.omega = fusion, omega
        self.Bert_Linear_text = nn.Linear(TEXT, SIZE)
        for perspective in ("audio", "text"):
            self.add_module(f"GRU_{perspective}", nn.GRU(SIZE, HIDDEN, bidirectional=True, batch_first=True))
            self.add_module(f"Attention_{perspective}", nn.MultiheadAttention(SIZE, HEADS, batch_first=True))
            self.add_module(f"Linear_{perspective}", nn.Linear(SIZE, SIZE))
            self.add_module(f"Classify_Linear_{perspective}", nn.Linear(SIZE, CLASSES))
        if fusion == "AT_fusion":
            self.Concat_Linear = nn.Linear(CLASSES, CLASSES, bias=False)
        if fusion == "Concat":
            self.Concat2_Linear = nn.Linear(2 * CLASSES, CLASSES, bias=False)

    def logits(self, perspective, x, mask):
        """[batch, time, size] -> [batch, time, class]."""
        packed = pack_padded_sequence(x, LENGTHS, batch_first=True, enforce_sorted=False)
        states, _ = pad_packed_sequence(self.get_submodule(f"GRU_{perspective}")(packed)[0], batch_first=True)
        attention = self.get_submodule(f"Attention_{perspective}")
        attended, _ = attention(states, states, states, key_padding_mask=~mask)
        hidden = torch.relu(self.get_submodule(f"Linear_{perspective}")(attended)) * mask[:, :, None]
        return self.get_submodule(f"Classify_Linear_{perspective}")(hidden)

    def fuse(self, text, audio):
        if self.fusion == "ADD":
            return text + audio
        if self.fusion == "Concat":
            return self.Concat2_Linear(torch.cat([audio, text], -1))
        items = self.Concat_Linear(torch.stack([text, audio], -2))  # [batch, time, item, class]
        return (torch.softmax(torch.relu(items) @ self.omega, -2) * items).sum(-2)

    def forward(self, audio, text, mask):
        """The logits [fused, text, audio]."""
        text = self.logits("text", self.Bert_Linear_text(text), mask)
        audio = self.logits("audio", audio, mask)
        return self.fuse(text, audio), text, audio


def draw():
    """Audio and text [batch, time, size] and labels [batch, time], from the stream as layers_pytorch.py leaves it."""
    layers_pytorch.make(golden.Golden())
    shape = (len(LENGTHS), TIME)
    return torch.randn(*shape, SIZE), torch.randn(*shape, TEXT), torch.randint(0, CLASSES, shape)


def model_of(fusion, given):
    model = DialogueModel(fusion, torch.tensor(given["AT_fusion.omega"]))
    with torch.no_grad():
        for key, parameter in model.named_parameters():
            parameter.copy_(torch.tensor(given[f"param.{key}"]))
    return model


def make(out):
    given, record = golden.read(NAME)
    out.record.update(record)
    out.record["torch"] = torch.__version__
    for key in given:
        if key.startswith("param.") or key == "AT_fusion.omega":
            out.input(key, given[key])
    audio, text, labels = draw()
    mask = torch.arange(TIME)[None, :] < LENGTHS[:, None]  # [batch, time], true where there is an utterance
    for key, values in dict(audio=audio, text=text, labels=labels, lengths=LENGTHS, mask=mask).items():
        out.input(key, values)

    def losses(perspectives, head):
        """The cross-entropy of each perspective, summed over the utterances that are real."""
        given_to_loss = [torch.softmax(z, -1) if head == "probabilities" else z for z in perspectives]
        return [(cross_entropy(z.permute(0, 2, 1), labels, reduction="none") * mask).sum() for z in given_to_loss]

    for fusion in FUSIONS:
        model = model_of(fusion, given)
        for head in ("probabilities", "logits"):
            model.zero_grad()
            perspectives = model(audio, text, mask)
            parts = losses(perspectives, head)
            total = sum(parts)
            total.backward()
            out.output(f"{fusion}.{head}.loss", [part.item() for part in (total, *parts)])
            if head == "logits" or fusion == "ADD":
                for key, parameter in model.named_parameters():
                    out.output(f"{fusion}.{head}.grad.{key}", parameter.grad.clone())
        fused, text_logits, audio_logits = (z.detach() for z in perspectives)
        out.output(f"{fusion}.fusedProbabilities", torch.softmax(fused, -1))
        out.output(f"{fusion}.textLogits", text_logits)
        out.output(f"{fusion}.audioLogits", audio_logits)

    model = model_of("ADD", given)
    optimiser = torch.optim.Adam(model.parameters(), lr=1e-3, weight_decay=1e-5)
    path = []
    for _ in range(10):
        optimiser.zero_grad()
        total = sum(losses(model(audio, text, mask), "logits"))
        total.backward()
        optimiser.step()
        path.append(total.item())
    out.output("ADD.logits.tenAdamStepLosses", path)


if __name__ == "__main__":
    golden.main(NAME, make, tolerance=2e-6, writes=False)
