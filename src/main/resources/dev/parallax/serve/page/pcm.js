// Runs on the browser's audio thread: hands on the samples of the microphone, some 50 ms at a time.

const BLOCK = 2048;

registerProcessor('pcm', class extends AudioWorkletProcessor {
  #block = new Float32Array(BLOCK);
  #filled = 0;

  process([input]) {
    for (const sample of input[0] ?? []) {
      this.#block[this.#filled++] = sample;
      if (this.#filled === BLOCK) {
        this.port.postMessage(this.#block);
        this.#block = new Float32Array(BLOCK);
        this.#filled = 0;
      }
    }
    return true;
  }
});
