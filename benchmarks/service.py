#!/usr/bin/env python3
"""Load on `serve` and on its peer in PyTorch, in turn, from another process on this machine.

    apt-get install wrk python3-torch python3-numpy
    bin/parallax train --corpus manifest:FILE.csv --root DIR --features psf --out runs/service
    benchmarks/service.py runs/service FILE.csv DIR [--seconds 60] [--clips 200] [--processes 2]

Sends clips with their sentences as forms, by wrk. First both must answer every clip alike. Then for 1, 8 and 64 connections: requests
a second, median and 99th percentile in ms, answers by status, and the memory of the processes (resident). Then ten times the
places of `serve` at its defaults: which answers there are, and when it answers again. Prints a table in Markdown.
"""
import argparse, csv, http.client, json, os, pathlib, re, subprocess, sys, tempfile, time

HERE = pathlib.Path(__file__).resolve().parent
PEER = HERE / "peers/pytorch_service.py"
BOUNDARY = "parallax-boundary"
TYPE = f"multipart/form-data; boundary={BOUNDARY}"

SCRIPT = """
local bodies, next = {}, 0
for line in io.lines(os.getenv("BODIES")) do
    local file = io.open(line, "rb")
    bodies[#bodies + 1] = file:read("*a")
    file:close()
end
wrk.method = "POST"
wrk.headers["Content-Type"] = os.getenv("TYPE")
statuses = {}
function setup(thread) worker = thread end
function request()
    next = next % #bodies + 1
    return wrk.format(nil, nil, nil, bodies[next])
end
function response(status) statuses[status] = (statuses[status] or 0) + 1 end
function done(summary, latency)
    io.write(string.format('RESULT {"seconds": %.3f, "median": %.3f, "p99": %.3f', summary.duration / 1e6,
        latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
    for name, count in pairs(summary.errors) do
        if name ~= "status" then io.write(string.format(', "%s": %d', name, count)) end
    end
    for status, count in pairs(worker:get("statuses")) do io.write(string.format(', "%d": %d', status, count)) end
    io.write("}\\n")
end
"""


def body(clip, text):
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="%s"\r\n\r\n'
    return ((head % "audio").encode() + clip + b"\r\n" + (head % "text").encode() + text.encode()
            + f"\r\n--{BOUNDARY}--\r\n".encode())


def post(port, data, path="/v1/predict"):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("POST", path, data, {"Content-Type": TYPE})
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read())


class Service:
    """A process that answers at a port, with its children."""

    def __init__(self, name, port, command, data):
        self.name, self.port, self.data = name, port, data
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        for _ in range(600):
            try:
                post(port, data)
                return
            except OSError:
                if self.process.poll() is not None:
                    sys.exit(f"{name} ended: {' '.join(map(str, command))}")
                time.sleep(0.1)
        sys.exit(f"{name} does not answer")

    def memory(self, key="VmRSS"):
        """Resident MB of the process and those it started."""
        total, pids = 0, [self.process.pid]
        for pid in pids:
            pids += [int(child) for child in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
            total += int(re.search(key + r":\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text()).group(1))
        return total / 1024

    def load(self, connections, seconds, scratch):
        environment = {**os.environ, "BODIES": str(scratch / "bodies"), "TYPE": TYPE}
        out = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "-s",
                              scratch / "load.lua", f"http://127.0.0.1:{self.port}/v1/predict"],
                             env=environment, capture_output=True, text=True, check=True).stdout
        return json.loads(out[out.index("RESULT ") + 7:].splitlines()[0])

    def stop(self):
        os.killpg(self.process.pid, 15)
        self.process.wait()


def row(service, connections, result):
    ok = result.pop("200", 0)
    seconds, median, p99 = (result.pop(key) for key in ("seconds", "median", "p99"))
    others = ", ".join(f"{key}: {count}" for key, count in sorted(result.items()) if count) or "none"
    print(f"| {service.name} | {connections} | {ok / seconds:.0f} | {median:.1f} | {p99:.1f} | {others} "
          f"| {service.memory():.0f} |", flush=True)


def agree(ours, peer, bodies):
    """The largest difference of a probability over all bodies."""
    worst = 0
    for data in bodies:
        (_, a), (_, b) = post(ours.port, data), post(peer.port, data)
        for kind in ("fused", "audio", "text"):
            worst = max(worst, *(abs(p - q) for p, q in zip(a[kind]["probabilities"], b[kind])))
    return worst


def overload(service, scratch, seconds):
    places = os.cpu_count() + 16
    result = service.load(10 * places, seconds, scratch)
    began, status = time.monotonic(), 0
    while status != 200 and time.monotonic() - began < 30:
        status, _ = post(service.port, service.data)
    print(f"\n{10 * places} connections at {places} places: {result}; "
          f"{time.monotonic() - began:.2f} s later it answered {status} again, {service.memory():.0f} MB")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model", type=pathlib.Path)
    parser.add_argument("manifest", type=pathlib.Path)
    parser.add_argument("root", type=pathlib.Path)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--clips", type=int, default=200)
    parser.add_argument("--processes", type=int, default=1, help="of the peer")
    parser.add_argument("--python", default="/usr/bin/python3")
    options = parser.parse_args()
    with open(options.manifest, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))[:options.clips]
    bodies = [body((options.root / each["audio"]).read_bytes(), each["text"]) for each in rows]
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        (scratch / "load.lua").write_text(SCRIPT)
        for i, data in enumerate(bodies):
            (scratch / str(i)).write_bytes(data)
        (scratch / "bodies").write_text("".join(f"{scratch / str(i)}\n" for i in range(len(bodies))))
        serve = [HERE.parent / "bin/parallax", "serve", "--model", options.model, "--quiet", "--port"]
        peer = [options.python, PEER, options.model / "best.safetensors", "8402", str(options.processes)]
        ours = Service("Parallax", 8401, [*serve, "8401", "--queue", "64"], bodies[0])
        other = Service("PyTorch", 8402, peer, bodies[0])
        print(f"{len(bodies)} clips: the probabilities differ by {agree(ours, other, bodies):.1e} at most\n")
        other.stop()
        ours.stop()
        print("| service | connections | answers/s | median ms | 99th ms | other answers | resident MB |")
        print("|---|---|---|---|---|---|---|")
        for name, port, command in (("Parallax", 8401, [*serve, "8401", "--queue", "64"]), ("PyTorch", 8402, peer)):
            service = Service(name, port, command, bodies[0])
            service.load(8, max(5, options.seconds // 6), scratch)  # warm
            for connections in (1, 8, 64):
                time.sleep(2)  # until what was cut off at the end of the last load is done
                row(service, connections, service.load(connections, options.seconds, scratch))
            service.stop()
        service = Service("Parallax", 8401, [*serve, "8401"], bodies[0])
        service.load(8, max(5, options.seconds // 6), scratch)
        overload(service, scratch, options.seconds // 3)
        service.stop()


if __name__ == "__main__":
    main()
