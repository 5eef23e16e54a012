"""An hour of talk from the clips of EMO-DB, 0.6 s apart, and its transcript in each format that Parallax reads.

    python3 data/talk.py emodb/wav talk [SECONDS]
"""
import json, pathlib, sys, wave
from xml.sax.saxutils import escape

SENTENCES = {"a01": "The cloth is lying on the fridge", "a02": "She will hand it in on Wednesday",
    "a04": "Tonight I could tell him", "a05": "The black sheet of paper is up there beside the piece of timber",
    "a07": "In seven hours it will be", "b01": "What about the bags standing there under the table",
    "b02": "They just carried it upstairs and now they are going down again",
    "b03": "At the weekends I have always gone home and seen Agnes",
    "b09": "I just want to take this away and then go for a drink with Karl",
    "b10": "It will be in the place where we always put it"}
source, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
out.mkdir(parents=True, exist_ok=True)
most = float(sys.argv[3]) if len(sys.argv) > 3 else 3600
RATE, GAP = 16000, 9600  # 0.6 s between turns
clips = sorted(source.glob("*.wav"))
turns, data, at, n = [], [], 0, 0
while True:
    clip = clips[(n * 37) % len(clips)]
    n += 1
    with wave.open(str(clip)) as w:
        frames = w.readframes(w.getnframes())
    length = len(frames) // 2
    if (at + length + GAP) / RATE > most:
        break
    start = -(-at * 1000 // RATE)           # whole milliseconds within the clip
    end = (at + length) * 1000 // RATE
    turns.append((start, end, "speaker" + clip.stem[:2], SENTENCES[clip.stem[2:5]]))
    data += [frames, b"\0" * (2 * GAP)]
    at += length + GAP
with wave.open(str(out / "talk.wav"), "wb") as w:
    w.setnchannels(1), w.setsampwidth(2), w.setframerate(RATE)
    w.writeframes(b"".join(data))

def clock(ms, point): return "%02d:%02d:%02d%s%03d" % (ms // 3600000, ms // 60000 % 60, ms // 1000 % 60, point, ms % 1000)
def write(name, text): (out / name).write_text(text, encoding="utf-8")

write("talk.srt", "\n".join("%d\n%s --> %s\n[%s]: %s\n" % (i + 1, clock(s, ","), clock(e, ","), who, text)
      for i, (s, e, who, text) in enumerate(turns)))
write("talk.vtt", "WEBVTT\n\n" + "\n".join("%s --> %s\n<v %s>%s\n" % (clock(s, "."), clock(e, "."), who, text) for s, e, who, text in turns))
segments = [{"start": s / 1000, "end": e / 1000, "text": " " + text, "speaker": who} for s, e, who, text in turns]
write("talk.json", json.dumps({"segments": segments, "language": "en"}))
write("talk.tsv", "start\tend\ttext\n" + "".join("%d\t%d\t[%s]: %s\n" % turn for turn in turns))
write("talk.txt", "".join("[%s --> %s] %s: %s\n" % (clock(s, "."), clock(e, "."), who, text) for s, e, who, text in turns))
write("talk.stm", "".join("talk A %s %.3f %.3f <o,,> %s\n" % (who, s / 1000, e / 1000, text) for s, e, who, text in turns))
lines = []
for s, e, who, text in turns:
    words = text.split()
    marks = [s + (e - s) * i // len(words) for i in range(len(words) + 1)]
    lines += ["talk %s %.3f %.3f %s" % (who, a / 1000, (b - a) / 1000, word) for a, b, word in zip(marks, marks[1:], words)]
write("talk.ctm", "\n".join(lines) + "\n")
tiers = sorted({who for _, _, who, _ in turns})
end = at / RATE
grid = ['File type = "ooTextFile"', 'Object class = "TextGrid"', "", "0", str(end), "<exists>", str(len(tiers))]
for who in tiers:
    mine = [t for t in turns if t[2] == who]
    grid += ['"IntervalTier"', '"%s"' % who, "0", str(end), str(len(mine))]
    for s, e, _, text in mine:
        grid += [str(s / 1000), str(e / 1000), '"%s"' % text]
(out / "talk.TextGrid").write_text("\n".join(grid) + "\n", encoding="utf-16")
slots = "".join('<TIME_SLOT TIME_SLOT_ID="s%d" TIME_VALUE="%d"/><TIME_SLOT TIME_SLOT_ID="e%d" TIME_VALUE="%d"/>\n' % (i, s, i, e)
                for i, (s, e, _, _) in enumerate(turns))
body = "".join('<TIER TIER_ID="%s">%s</TIER>\n' % (tier, "".join(
    '<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a%d" TIME_SLOT_REF1="s%d" TIME_SLOT_REF2="e%d"><ANNOTATION_VALUE>%s'
    '</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>\n' % (i, i, i, escape(text))
    for i, (_, _, who, text) in enumerate(turns) if who == tier)) for tier in tiers)
write("talk.eaf", '<?xml version="1.0" encoding="UTF-8"?>\n<ANNOTATION_DOCUMENT><TIME_ORDER>\n%s</TIME_ORDER>\n%s</ANNOTATION_DOCUMENT>\n' % (slots, body))
print(len(turns), "turns,", at / RATE, "s")
